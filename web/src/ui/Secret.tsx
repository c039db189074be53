import { useRef } from "preact/hooks";
import { CopyButton } from "./CopyButton";

/** Something that is shown this once, to copy. */
export function Secret({ text, label }: { text: string; label: string }) {
  const code = useRef<HTMLElement>(null);
  return (
    <div class="secret">
      <code
        ref={code}
        tabIndex={0}
        role="textbox"
        aria-readonly="true"
        aria-label={label}
        data-autofocus=""
        onFocus={() => getSelection()?.selectAllChildren(code.current!)}
      >
        {text}
      </code>
      <CopyButton text={text} label={label} words />
    </div>
  );
}
