import { db } from "./client";
import { useQuery } from "./query";
import { readAll } from "./read-all";
import { organizationId } from "./session";
import type { Range } from "./time";

export interface TapsOfDay {
  day: string;
  device_id: string;
  taps: number;
}

export function useTapsByDay({ from, to }: Range) {
  const organization = organizationId.value;
  return useQuery<TapsOfDay[]>(
    `devices:taps:${organization}:${from}:${to}`,
    () =>
      readAll(() => db().rpc("taps_by_day", { organization_id: organization, from_date: from, to_date: to })),
  );
}

/** Names of readers, by id. */
export function useDeviceNames() {
  return useQuery<Record<string, string>>(`devices:names:${organizationId.value}`, async () => {
    const rows = await readAll<{ id: string; name: string }>(() =>
      db().from("devices").select("id, name").eq("organization_id", organizationId.peek()).order("id"),
    );
    return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
  });
}
