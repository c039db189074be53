import { useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../platform/problems";

/** A form's one action: busy while it runs, and what went wrong. What was typed stays. */
export function useSubmit(action: () => Promise<unknown>) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef(false);
  const submit = async (event?: Event) => {
    event?.preventDefault();
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { submit: (event?: Event) => void submit(event), isBusy, problem, setProblem };
}
