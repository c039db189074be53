import { signal } from "@preact/signals";
import { X } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../platform/i18n";
import { Button } from "./Button";

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

const toasts = signal<Toast[]>([]);
let nextId = 1;

/** Long enough to read and to reach Undo by keyboard. */
const SHOWN_MS = 8000;

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function toast(text: string, undo?: () => void): number {
  const id = nextId++;
  toasts.value = [...toasts.value.slice(-2), undo ? { id, text, undo } : { id, text }];
  return id;
}

export function Toasts() {
  const shown = toasts.value;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Above whatever lies on top now.
    if (!box.current?.showPopover) return;
    if (box.current.matches(":popover-open")) box.current.hidePopover();
    if (shown.length > 0) box.current.showPopover();
  }, [shown]);
  return (
    <div class="toasts" ref={box} popover="manual" role="status" aria-live="polite">
      {shown.map((each) => (
        <ToastLine key={each.id} toast={each} />
      ))}
    </div>
  );
}

function ToastLine({ toast: { id, text, undo } }: { toast: Toast }) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const start = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => dismiss(id), SHOWN_MS);
  };
  const hold = () => clearTimeout(timer.current);
  useEffect(() => {
    start();
    return hold;
  }, []);
  return (
    <div class="toast" onPointerEnter={hold} onPointerLeave={start} onFocusIn={hold} onFocusOut={start}>
      <span class="grow">{text}</span>
      {undo && (
        <Button
          small
          onClick={() => {
            dismiss(id);
            undo();
          }}
        >
          {t("common.undo")}
        </Button>
      )}
      <Button small icon={X} label={t("common.dismiss")} onClick={() => dismiss(id)} />
    </div>
  );
}
