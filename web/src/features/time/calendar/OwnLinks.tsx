import { session } from "../../../platform/session";
import { useOwnPerson } from "../../book/data/people";
import { CalendarLinks } from "./CalendarLinks";

/** The calendar links of whoever is signed in, if they are a person of the book. */
export function OwnLinks() {
  const own = useOwnPerson(session.value?.user.id).data;
  return own && !own.archived_at ? <CalendarLinks personId={own.id} isOwn /> : null;
}
