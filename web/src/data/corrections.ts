/** Changing time: every change has a reason and can be taken back. */
import type { Instant } from "../lib/dates";
import { db, nullable, unwrap } from "./client";
import { invalidate, patchAll, useQuery } from "./query";
import { organizationId } from "./session";
import { readEntry, type Entry } from "./time";

export interface EntryChanges {
  started_at?: Instant;
  ended_at?: Instant | null;
  person_id?: string | null;
  project_id?: string | null;
  note?: string | null;
}

interface Stored {
  id: string;
  version: number;
}

/** Takes a change back; the reason says that it was taken back. */
export type Undo = (reason: string) => Promise<void>;

function changed(): void {
  invalidate("time:");
}

async function change(entry: Stored, changes: EntryChanges, reason: string): Promise<Stored> {
  return (await unwrap(
    db().rpc("change_time_entry", {
      entry_id: entry.id,
      expected_version: entry.version,
      changes: { ...changes },
      reason,
    }),
  )) as unknown as Stored;
}

/** Shows entries as they will be; the returned function takes that back. */
function show(changeRows: (rows: Entry[]) => Entry[]): () => void {
  return patchAll<Entry[]>("time:entries:", changeRows);
}

async function shown<T>(takeBack: () => void, act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    takeBack();
    throw error;
  }
}

export async function changeEntry(entry: Entry, changes: EntryChanges, reason: string): Promise<Undo> {
  const takeBack = show((rows) => rows.map((row) => (row.id === entry.id ? { ...row, ...changes } : row)));
  const after = await shown(takeBack, change(entry, changes, reason));
  changed();
  return async (why) => {
    // An entry that was as the taps say is put back to that, not to a correction that says the same.
    if (entry.source === "device" && entry.corrected_fields.length === 0 && !("note" in changes)) {
      await restore(entry.id, why);
    } else {
      const before = Object.fromEntries(
        Object.keys(changes).map((field) => [field, entry[field as keyof Entry] ?? null]),
      );
      await change(after, before as EntryChanges, why);
    }
    changed();
  };
}

async function restore(entryId: string, reason: string): Promise<void> {
  await unwrap(db().rpc("restore_time_entry", { entry_id: entryId, reason }));
}

async function remove(entry: Stored, reason: string): Promise<void> {
  await unwrap(
    db().rpc("delete_time_entry", { entry_id: entry.id, expected_version: entry.version, reason }),
  );
}

export async function deleteEntry(entry: Entry, reason: string): Promise<Undo> {
  // Not before the server has: the question why would vanish with the entry, and a refusal be told to nobody.
  await remove(entry, reason);
  changed();
  return async (why) => {
    await restore(entry.id, why);
    changed();
  };
}

/** Back to what the taps say. */
export async function restoreEntry(entry: Entry, reason: string): Promise<void> {
  await restore(entry.id, reason);
  changed();
}

export async function splitEntry(
  entry: Entry,
  at: Instant,
  projectId: string | null,
  reason: string,
): Promise<Undo> {
  const parts = (await unwrap(
    db().rpc("split_time_entry", {
      entry_id: entry.id,
      expected_version: entry.version,
      split_at: at,
      reason,
      project_id: nullable(projectId),
    }),
  )) as unknown as Stored[];
  changed();
  return async (why) => {
    const [first, second] = parts;
    if (second) await remove(await readEntry(second.id), why);
    if (first) await change(await readEntry(first.id), { ended_at: entry.ended_at }, why);
    changed();
  };
}

export interface NewEntry {
  personId: string;
  projectId: string | null;
  startedAt: Instant;
  endedAt: Instant | null;
  note: string;
}

export async function addEntry(input: NewEntry, reason: string): Promise<{ id: string; undo: Undo }> {
  const made = (await unwrap(
    db().rpc("add_time_entry", {
      organization_id: organizationId.peek(),
      person_id: input.personId,
      project_id: nullable(input.projectId),
      started_at: input.startedAt,
      ended_at: nullable(input.endedAt),
      reason,
      note: nullable(input.note.trim()),
    }),
  )) as unknown as Stored;
  changed();
  const undo: Undo = async (why) => {
    await remove(made, why);
    changed();
  };
  return { id: made.id, undo };
}

export async function startTimer(personId: string, projectId: string | null, note: string): Promise<Undo> {
  const made = (await unwrap(
    db().rpc("start_timer", {
      organization_id: organizationId.peek(),
      person_id: personId,
      project_id: nullable(projectId),
      note: nullable(note.trim()),
    }),
  )) as unknown as Stored;
  changed();
  return async (why) => {
    await remove(made, why);
    changed();
  };
}

export async function stopTimer(entryId: string, version: number, reason: string): Promise<void> {
  await unwrap(db().rpc("stop_timer", { entry_id: entryId, expected_version: version, reason }));
  changed();
}

export interface HistoryLine {
  id: number;
  occurred_at: string;
  actor_kind: "user" | "device" | "system";
  actor_name: string | null;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
}

/** What people did to an entry, newest first. */
export function useEntryHistory(entryId: string) {
  return useQuery<HistoryLine[]>(
    `time:history:${entryId}`,
    async () =>
      (await unwrap(db().rpc("time_entry_history", { entry_id: entryId }))) as unknown as HistoryLine[],
  );
}
