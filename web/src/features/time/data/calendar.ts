/** Secret links under which a calendar program reads one person's time. */
import { config, db, done, unwrap } from "../../../platform/client";
import { Problem } from "../../../platform/problems";
import { invalidate, useQuery } from "../../../platform/query";

export interface CalendarLink {
  id: string;
  hint: string;
  created_at: string;
  last_used_at: string | null;
}

/** Those that work. */
export function useCalendarLinks(personId: string) {
  return useQuery<CalendarLink[]>(`calendar:${personId}`, async () =>
    unwrap(
      db()
        .from("calendar_feeds")
        .select("id, hint, created_at, last_used_at")
        .eq("person_id", personId)
        .is("revoked_at", null)
        .order("created_at", { ascending: false })
        .limit(20),
    ),
  );
}

async function makeLink(personId: string): Promise<{ id: string; address: string }> {
  const made = (await unwrap(db().rpc("create_calendar_feed", { person_id: personId }))) as { id: string; path: string };
  return { id: made.id, address: new URL(made.path, config().gatebookUrl || location.origin).href };
}

/** The address for the calendar program; it is shown this once. */
export async function createCalendarLink(personId: string): Promise<string> {
  const { address } = await makeLink(personId);
  invalidate(`calendar:${personId}`);
  return address;
}

/** What a calendar program would read, once, by a link that ends with it: one writer decides what a calendar says. */
export async function readCalendar(personId: string): Promise<string> {
  const { id, address } = await makeLink(personId);
  try {
    const response = await fetch(address, { credentials: "omit", cache: "no-store" });
    if (!response.ok) throw new Problem("server_away", response.status);
    return await response.text();
  } finally {
    await revokeCalendarLink(id);
  }
}

export async function revokeCalendarLink(id: string): Promise<void> {
  await done(db().rpc("revoke_calendar_feed", { feed_id: id }));
  invalidate("calendar:");
}
