import { ChevronLeft, ChevronRight } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { t } from "../platform/i18n";
import { Button } from "./Button";
import { isTyping } from "./isTyping";

interface RangeNavProps {
  title: string;
  now: string;
  onEarlier: () => void;
  onLater: () => void;
  onNow: () => void;
}

/** Earlier, now, later: also with the arrow keys. */
export function RangeNav({ title, now, onEarlier, onLater, onNow }: RangeNavProps) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented || event.shiftKey) return;
      if ((event.target as HTMLElement).closest("[data-arrows]")) return;
      if (event.key === "ArrowLeft") onEarlier();
      else if (event.key === "ArrowRight") onLater();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });
  return (
    <>
      <div class="range no-print">
        <Button icon={ChevronLeft} label={t("ts.earlier")} onClick={onEarlier} />
        <Button onClick={onNow}>{now}</Button>
        <Button icon={ChevronRight} label={t("ts.later")} onClick={onLater} />
      </div>
      <span class="range-title" aria-live="polite">
        {title}
      </span>
    </>
  );
}
