import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t, type MessageId } from "../words";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { Field } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import "./entry.css";

export const REASONS = {
  change: ["reason.forgotOut", "reason.forgotIn", "reason.wrongTag", "reason.reader"],
  add: ["reason.forgotIn", "reason.away", "reason.reader"],
  delete: ["reason.twice", "reason.wrongTag"],
  split: ["reason.wrongProject", "reason.breakMissing"],
} satisfies Record<string, MessageId[]>;

interface ReasonDialogProps {
  title: string;
  children?: ComponentChildren;
  reasons: readonly MessageId[];
  act: string;
  danger?: boolean;
  onReason: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Every change of time has a reason: one tap, or a few words. */
export function ReasonDialog({ title, children, reasons, act, danger, onReason, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const { submit, isBusy, problem } = useSubmit(async () => {
    await onReason(reason.trim());
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
          <Button type="submit" variant={danger ? "danger" : "primary"} busy={isBusy}>
            {act}
          </Button>
        </>
      }
    >
      <div class="stack">
        {children}
        <ReasonField value={reason} onValue={setReason} reasons={reasons} />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}

interface ReasonFieldProps {
  value: string;
  onValue: (reason: string) => void;
  reasons: readonly MessageId[];
}

export function ReasonField({ value, onValue, reasons }: ReasonFieldProps) {
  return (
    <div class="stack-tight">
      <Field label={t("reason.label")}>
        {(field) => (
          <input
            class="input"
            {...field}
            required
            maxLength={500}
            placeholder={t("reason.placeholder")}
            autoComplete="off"
            value={value}
            onInput={(event) => onValue(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="reasons">
        {reasons.map((id) => (
          <Button key={id} small onClick={() => onValue(t(id))} aria-pressed={value === t(id)}>
            {t(id)}
          </Button>
        ))}
      </div>
    </div>
  );
}
