import { CopyButton } from "./CopyButton";

/** A text to copy as it is. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div class="code" tabIndex={0} role="group" aria-label={label}>
      <pre>
        <code>{text}</code>
      </pre>
      <div class="code-copy">
        <CopyButton text={text} words />
      </div>
    </div>
  );
}
