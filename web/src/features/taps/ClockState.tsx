import { ClockAlert } from "lucide-preact";
import type { Tap } from "./data";
import { t } from "./words";
import { State } from "../../ui/State";

/** Only what is not as it should be is worth a word. */
export function ClockState({ event }: { event: Pick<Tap, "time_quality" | "device_time"> }) {
  if (event.time_quality === "synced" || event.time_quality === "local") return null;
  return (
    <State
      meaning="attention"
      icon={ClockAlert}
      title={event.device_time ? t("events.deviceSaid", { time: event.device_time }) : undefined}
    >
      {t(`events.quality.${event.time_quality}`)}
    </State>
  );
}
