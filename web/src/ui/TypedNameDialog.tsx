import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../platform/i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { ProblemNotice } from "./ProblemNotice";
import { useSubmit } from "./useSubmit";

interface TypedNameDialogProps {
  title: string;
  act: string;
  /** What has to be typed. */
  name: string;
  children: ComponentChildren;
  onConfirm: (typed: string) => Promise<unknown>;
  onClose: () => void;
}

/** For what nobody can take back: a slip of the hand is not enough. */
export function TypedNameDialog({ title, act, name, children, onConfirm, onClose }: TypedNameDialogProps) {
  const [typed, setTyped] = useState("");
  const { submit, isBusy, problem } = useSubmit(async () => {
    await onConfirm(typed);
    onClose();
  });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="danger" busy={isBusy} disabled={typed !== name}>
            {act}
          </Button>
        </>
      }
    >
      <div class="stack">
        <div>{children}</div>
        <TextField
          label={t("common.typeName", { name })}
          autoComplete="off"
          spellcheck={false}
          value={typed}
          onValue={setTyped}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
