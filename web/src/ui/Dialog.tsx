import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../platform/i18n";
import { Button } from "./Button";

interface DialogProps {
  title: ComponentChildren;
  /** Without it there is no way out but what the dialog asks for. */
  onClose?: () => void;
  children: ComponentChildren;
  /** The buttons at the foot. With onSubmit they belong to the form. */
  foot?: ComponentChildren;
  onSubmit?: (event: Event) => void;
  wide?: boolean;
  /** Nothing of the page is seen behind it. */
  isCurtain?: boolean;
}

/** The browser's own dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children, foot, onSubmit, wide, isCurtain }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current!;
    const opener = document.activeElement as HTMLElement | null;
    element.showModal();
    element.querySelector<HTMLElement>("[data-autofocus], .dialog-body input, .dialog-body select")?.focus();
    return () => {
      element.close();
      if (opener?.isConnected) opener.focus();
    };
  }, []);
  const content = (
    <>
      <div class="dialog-body">{children}</div>
      {foot && <div class="dialog-foot">{foot}</div>}
    </>
  );
  return (
    <dialog
      ref={dialog}
      class={`dialog${wide ? " dialog-wide" : ""}${isCurtain ? " dialog-curtain" : ""}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // Browsers let a second Escape through.
      onClose={(event) => {
        if (!onClose && event.currentTarget.isConnected) event.currentTarget.showModal();
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        {onClose && <Button variant="ghost" icon={X} label={t("common.close")} onClick={onClose} />}
      </div>
      {onSubmit ? (
        <form onSubmit={onSubmit} noValidate={false}>
          {content}
        </form>
      ) : (
        content
      )}
    </dialog>
  );
}
