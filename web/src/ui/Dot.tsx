import { safeColour } from "./colours";

/** A project's colour beside its name. */
export function Dot({ colour }: { colour: string | null | undefined }) {
  return <span class="dot" style={{ background: safeColour(colour) }} aria-hidden="true" />;
}
