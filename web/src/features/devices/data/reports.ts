import { db } from "../../../platform/client";
import { useQuery } from "../../../platform/query";
import { readAll } from "../../../platform/read-all";
import { organizationId } from "../../../platform/session";
import type { Range } from "../../../platform/dates";

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
      readAll(() => db().rpc("taps_by_day", { organization_id: organization, from_date: from, to_date: to })) as Promise<TapsOfDay[]>,
  );
}

/** Names of readers, by id. */
export function useDeviceNames() {
  return useQuery<Record<string, string>>(`devices:names:${organizationId.value}`, async () => {
    const rows = await readAll(() =>
      db().from("devices").select("id, name").eq("organization_id", organizationId.peek()).order("id"),
    );
    return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
  });
}
