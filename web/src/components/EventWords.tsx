import { LogIn, LogOut, Nfc } from "lucide-preact";
import type { DeviceEvent } from "../data/events";
import { t, tx } from "../i18n";
import { spacedUid } from "../lib/text";
import { Icon } from "./Icon";

/** Whom a tag stands for: its person, else its label, else its number. */
export function tagName(event: Pick<DeviceEvent, "tag" | "tag_uid">): string {
  const { tag } = event;
  return tag?.person?.name ?? tag?.label ?? t("events.unknownTag", { uid: spacedUid(event.tag_uid) });
}

/** "Mira tapped in at Front door": an event as a sentence. */
export function EventWords({ event, plain }: { event: DeviceEvent; plain?: boolean }) {
  const isTerminal = event.device?.mode === "terminal";
  const id =
    event.direction === "in"
      ? "events.tappedIn"
      : event.direction === "out"
        ? "events.tappedOut"
        : isTerminal && event.event_type === "tag_insert"
          ? "events.tapped"
          : (`events.${event.event_type}` as const);
  const icon =
    event.direction === "out" || (!isTerminal && event.event_type === "tag_removed")
      ? LogOut
      : isTerminal && !event.direction
        ? Nfc
        : LogIn;
  const words = tx(id, {
    tag: <strong>{tagName(event)}</strong>,
    device: event.device ? (
      <a href={`/devices/${event.device.id}`}>{event.device.name}</a>
    ) : (
      "?"
    ),
  });
  if (plain) return <>{words}</>;
  return (
    <span class="event-words">
      <Icon of={icon} />
      <span>{words}</span>
    </span>
  );
}
