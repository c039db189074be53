/** Changing time: every change has a reason and can be taken back. */
import { correctionsOf, isAsTapped, valuesBefore } from "./taking-back";
import type { Instant } from "../../../platform/dates";
import { db, nullable, unwrap } from "../../../platform/client";
import { Problem } from "../../../platform/problems";
import { invalidate, patchAll, useQuery } from "../../../platform/query";
import { organizationId } from "../../../platform/session";
import type { Entry, EntryChanges } from "./entries";

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
  )) as Stored;
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
    // What it was refused for is worth seeing: mostly that the entry is another one by now.
    changed();
    throw error;
  }
}

export async function changeEntry(entry: Entry, changes: EntryChanges, reason: string): Promise<Undo> {
  const takeBack = show((rows) => rows.map((row) => (row.id === entry.id ? { ...row, ...changes } : row)));
  const after = await shown(takeBack, change(entry, changes, reason));
  changed();
  return async (why) => {
    // An entry that was as the taps say is put back to that, not to a correction that says the same.
    if (isAsTapped(entry) && !("note" in changes)) await restore(after, why);
    else await change(after, valuesBefore(entry, changes), why);
    changed();
  };
}

/** Takes back what was done to that version; the server refuses when somebody, or a tap, has changed it since. */
async function restore({ id, version }: Stored, reason: string): Promise<Stored | null> {
  const after = await unwrap(
    db().rpc("restore_time_entry", { entry_id: id, reason, expected_version: version }),
  );
  // No row where the taps know of no such entry any more.
  return (after as Stored | null)?.id ? (after as Stored) : null;
}

async function remove(entry: Stored, reason: string): Promise<Stored> {
  return (await unwrap(
    db().rpc("delete_time_entry", { entry_id: entry.id, expected_version: entry.version, reason }),
  )) as Stored;
}

export async function deleteEntry(entry: Entry, reason: string): Promise<Undo> {
  // Not before the server has: the question why would vanish with the entry, and a refusal be told to nobody.
  const removed = await remove(entry, reason);
  changed();
  return async (why) => {
    await restore(removed, why);
    changed();
  };
}

/** Back to what the taps say. No way back where a split went with it. */
export async function restoreEntry(entry: Entry, reason: string): Promise<Undo | null> {
  const isSplit = await hasOtherParts(entry.id);
  const after = await restore(entry, reason);
  changed();
  if (!after || isSplit) return null;
  return async (why) => {
    await change(after, correctionsOf(entry), why);
    changed();
  };
}

async function hasOtherParts(entryId: string): Promise<boolean> {
  const { claim_id } = await unwrap(db().from("time_entries").select("claim_id").eq("id", entryId).single());
  if (!claim_id) return false;
  const others = await unwrap(
    db().from("time_entries").select("id").eq("claim_id", claim_id).neq("id", entryId).limit(1),
  );
  return others.length > 0;
}

export async function splitEntry(
  entry: Entry,
  at: Instant,
  projectId: string | null,
  reason: string,
): Promise<Undo> {
  const [first, second] = (await unwrap(
    db().rpc("split_time_entry", {
      entry_id: entry.id,
      expected_version: entry.version,
      split_at: at,
      reason,
      project_id: nullable(projectId),
    }),
  )) as Stored[];
  changed();
  return async (why) => {
    await joinParts(entry, [first!, second!], why);
    changed();
  };
}

/** All of it or nothing: what was done to either part since must not be lost. */
async function joinParts(entry: Entry, [first, second]: [Stored, Stored], why: string): Promise<void> {
  const stored = await unwrap(db().from("time_entries").select("id, version").in("id", [first.id, second.id]));
  const isUntouched = [first, second].every((part) => stored.some((row) => isSameVersion(row, part)));
  if (!isUntouched) throw new Problem("version_conflict", 409);
  if (isAsTapped(entry)) {
    await restore(first, why);
    return;
  }
  const removed = await remove(second, why);
  try {
    await change(first, valuesBefore(entry, { ended_at: null }), why);
  } catch (error) {
    await restore(removed, why);
    throw error;
  }
}

const isSameVersion = (a: Stored, b: Stored): boolean => a.id === b.id && a.version === b.version;

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
  )) as Stored;
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
  )) as Stored;
  changed();
  return async (why) => {
    await remove(made, why);
    changed();
  };
}

export async function stopTimer(entryId: string, version: number, reason: string): Promise<Undo> {
  const stopped = (await unwrap(
    db().rpc("stop_timer", { entry_id: entryId, expected_version: version, reason }),
  )) as Stored;
  changed();
  return async (why) => {
    await change(stopped, { ended_at: null }, why);
    changed();
  };
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
      (await unwrap(db().rpc("time_entry_history", { entry_id: entryId }))) as HistoryLine[],
  );
}
