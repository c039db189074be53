import type { ComponentChildren } from "preact";
import { t } from "../platform/i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ProblemNotice } from "./ProblemNotice";
import { useSubmit } from "./useSubmit";

interface ConfirmDialogProps {
  title: string;
  /** The word on the button: what will happen, not "OK". */
  act: string;
  children: ComponentChildren;
  danger?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

export function ConfirmDialog({ title, act, children, danger, onConfirm, onClose }: ConfirmDialogProps) {
  const { submit, isBusy, problem } = useSubmit(async () => {
    await onConfirm();
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
          <Button type="submit" variant={danger ? "danger" : "primary"} busy={isBusy} data-autofocus="">
            {act}
          </Button>
        </>
      }
    >
      <div class="stack">
        <div>{children}</div>
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
