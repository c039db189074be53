/** Who is in, and the bars of a day. */
import { addDays, dayBounds, type Day } from "../../../platform/dates";
import { db, unwrap } from "../../../platform/client";
import { useOwnPersonOnly } from "../../book/data/people";
import { useQuery } from "../../../platform/query";
import { readAll } from "../../../platform/read-all";
import { quoted } from "../../../platform/postgrest";
import { organizationId, organizationZone } from "../../../platform/session";
import { LIVE_MS } from "./entries";

export interface PresentRow {
  entry_id: string;
  person_id: string | null;
  person_name: string | null;
  since: string;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  device_name: string | null;
  place_name: string | null;
  tag_id: string | null;
  tag_label: string | null;
  source: "device" | "manual";
  version: number;
}

export function usePresentNow() {
  return useQuery<PresentRow[]>(
    `time:present:${organizationId.value}`,
    async () =>
      (await unwrap(
        db().rpc("present_now", { organization_id: organizationId.peek() }),
      )) as PresentRow[],
    { everyMs: LIVE_MS },
  );
}

/** An entry as the bars of Today need it: no names, no overlaps to work out. */
export interface Block {
  id: string;
  person_id: string | null;
  project_id: string | null;
  tag_id: string | null;
  started_at: string;
  ended_at: string | null;
  limit_at: string;
  flags: string[];
}

/** Long entries are rare; what began more than two days before is not looked for here. */
const REACH_DAYS = 2;

export function useBlocksOfDay(day: Day) {
  const zone = organizationZone.value;
  const ownId = useOwnPersonOnly();
  return useQuery<Block[]>(
    ownId === null ? null : `time:blocks:${organizationId.value}:${day}:${zone}:${ownId ?? ""}`,
    () => {
      const { end, start } = dayBounds(day, zone);
      const earliest = dayBounds(addDays(day, -REACH_DAYS), zone).start;
      return readAll(() => {
        const query = db()
          .from("time_entries")
          .select("id, person_id, project_id, tag_id, started_at, ended_at, limit_at, flags")
          .eq("organization_id", organizationId.peek())
          .gte("started_at", new Date(earliest).toISOString())
          .lt("started_at", new Date(end).toISOString())
          .or(`ended_at.is.null,ended_at.gt.${quoted(new Date(start).toISOString())}`);
        return (ownId ? query.eq("person_id", ownId) : query).order("started_at", { ascending: false }).order("id");
      });
    },
    { everyMs: LIVE_MS },
  );
}
