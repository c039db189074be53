/** What takes a correction back. */
import type { Entry, EntryChanges } from "./entries";

type Corrected = Pick<Entry, "source" | "corrected_fields" | keyof EntryChanges>;

/** Nobody has corrected it: it says what the taps say. */
export const isAsTapped = ({ source, corrected_fields }: Corrected): boolean =>
  source === "device" && corrected_fields.length === 0;

/** What the changed fields said before. A time that followed the taps follows them again, which null asks for. */
export function valuesBefore(entry: Corrected, changes: EntryChanges): EntryChanges {
  const fields = Object.keys(changes) as (keyof EntryChanges)[];
  const followed = (field: keyof EntryChanges) =>
    (field === "started_at" || field === "ended_at") &&
    entry.source === "device" &&
    !entry.corrected_fields.includes(field);
  return Object.fromEntries(fields.map((field) => [field, followed(field) ? null : entry[field]]));
}

/** What people had corrected of it. */
export const correctionsOf = (entry: Corrected): EntryChanges =>
  Object.fromEntries(entry.corrected_fields.map((field) => [field, entry[field as keyof EntryChanges]]));
