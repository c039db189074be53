import { LogIn, LogOut, Nfc } from "lucide-preact";
import type { Tap } from "./data";
import { t, tx, type MessageId } from "./words";
import { spacedUid } from "../../platform/text";
import { Icon } from "../../ui/Icon";
import "./taps.css";

/** Whom a tag stands for: its person, else its label, else its number. */
export function tagName(tap: Pick<Tap, "person_name" | "tag_label" | "tag_uid">): string {
  return tap.person_name ?? tap.tag_label ?? t("events.unknownTag", { uid: spacedUid(tap.tag_uid) });
}

function sentenceOf({ event_type, outcome, project_name }: Tap): MessageId {
  if (outcome === "opened") return project_name ? "events.started" : "events.tappedIn";
  if (outcome === "closed") return project_name ? "events.stopped" : "events.tappedOut";
  if (event_type === "tag_removed") return "events.takenOff";
  return "events.tapped";
}

/** "Mira tapped in at Front door": a tap as a sentence. */
export function EventWords({ event, plain }: { event: Tap; plain?: boolean }) {
  const words = tx(sentenceOf(event), {
    who: <strong>{tagName(event)}</strong>,
    project: <strong>{event.project_name}</strong>,
    device: event.device_name ? <a href={`/devices/${event.device_id}`}>{event.device_name}</a> : "?",
  });
  if (plain) return <>{words}</>;
  const icon = event.outcome === "opened" ? LogIn : event.outcome === "closed" ? LogOut : Nfc;
  return (
    <span class="event-words">
      <Icon of={icon} />
      <span>{words}</span>
    </span>
  );
}
