/** Sums of time: by day, project, hour of the week. */
import type { Day, Range } from "../../../platform/dates";
import { db, unwrap } from "../../../platform/client";
import { useQuery } from "../../../platform/query";
import { readAll } from "../../../platform/read-all";
import { organizationId } from "../../../platform/session";

import type { Flag } from "./entries";

export interface DayTotal {
  day: Day;
  person_id: string | null;
  person_name: string | null;
  elapsed_seconds: number;
  wall_seconds: number;
  first_started_at: string;
  last_ended_at: string | null;
  entry_count: number;
  running: boolean;
  flags: Flag[];
}

export interface ProjectTotal {
  day: Day;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  elapsed_seconds: number;
  people: number;
}

export interface TimesheetRow {
  day: Day;
  person_id: string | null;
  person_name: string | null;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  elapsed_seconds: number;
  wall_seconds: number;
  entry_count: number;
  running: boolean;
  flags: Flag[];
}

/** `range` null: nothing to read. */
export function useDayTotals(range: Range | null, personId?: string, everyMs?: number) {
  const organization = organizationId.value;
  return useQuery<DayTotal[]>(
    range && `time:days:${organization}:${range.from}:${range.to}:${personId ?? ""}`,
    () =>
      readAll(() =>
        db().rpc("timesheet_days", {
          organization_id: organization,
          from_date: range!.from,
          to_date: range!.to,
          ...(personId ? { person_id: personId } : {}),
        }),
      ) as Promise<DayTotal[]>,
    everyMs ? { everyMs } : {},
  );
}

/** `range` null: nothing to read. */
export function useProjectTotals(range: Range | null, personId?: string, everyMs?: number) {
  const organization = organizationId.value;
  return useQuery<ProjectTotal[]>(
    range && `time:projects:${organization}:${range.from}:${range.to}:${personId ?? ""}`,
    () =>
      readAll(() =>
        db().rpc("project_hours", {
          organization_id: organization,
          from_date: range!.from,
          to_date: range!.to,
          ...(personId ? { person_id: personId } : {}),
        }),
      ) as Promise<ProjectTotal[]>,
    everyMs ? { everyMs } : {},
  );
}

export async function readTimesheet(
  { from, to }: Range,
  personId?: string,
  projectId?: string,
): Promise<TimesheetRow[]> {
  return readAll(() =>
    db().rpc("timesheet", {
      organization_id: organizationId.peek(),
      from_date: from,
      to_date: to,
      ...(personId ? { person_id: personId } : {}),
      ...(projectId ? { project_id: projectId } : {}),
    }),
  ) as Promise<TimesheetRow[]>;
}

export interface PresenceHour {
  weekday: number;
  hour: number;
  person_seconds: number;
  average_people: number;
}

export function usePresenceByHour({ from, to }: Range, personId?: string) {
  const organization = organizationId.value;
  return useQuery<PresenceHour[]>(
    `time:presence:${organization}:${from}:${to}:${personId ?? ""}`,
    async () =>
      (await unwrap(
        db().rpc("presence_by_hour", {
          organization_id: organization,
          from_date: from,
          to_date: to,
          ...(personId ? { person_id: personId } : {}),
        }),
      )) as PresenceHour[],
  );
}
