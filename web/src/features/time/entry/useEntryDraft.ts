import { useEffect, useState } from "preact/hooks";
import { zone } from "../../../platform/session";
import type { Entry } from "../data/entries";
import { changesOf, draftOf, rebased, type EntryDraft } from "./entry-draft";

interface Typed {
  /** The entry that the draft was made from. */
  base: Entry;
  draft: EntryDraft;
  /** Something was typed that is not saved, and the entry is not any more what it was then. */
  isOvertaken: boolean;
}

const fresh = (entry: Entry): Typed => ({ base: entry, draft: draftOf(entry, zone.peek()), isOvertaken: false });

function carriedOn(typed: Typed, entry: Entry): Typed {
  if (typed.base.id !== entry.id) return fresh(entry);
  if (typed.base.version === entry.version) return typed;
  const draft = rebased(typed.draft, typed.base, entry, zone.peek());
  const changes = changesOf(entry, draft, zone.peek());
  const isSaved = changes !== null && Object.keys(changes).length === 0;
  return isSaved ? fresh(entry) : { base: entry, draft, isOvertaken: true };
}

/** What is typed about an entry: it stays when somebody else, or a tap, changes the entry meanwhile. */
export function useEntryDraft(entry: Entry) {
  const [kept, keep] = useState(() => fresh(entry));
  const typed = carriedOn(kept, entry);
  useEffect(() => keep(typed), [entry.id, entry.version]);
  const changes = changesOf(entry, typed.draft, zone.peek());
  return {
    draft: typed.draft,
    /** Null: the fields mean no time. */
    changes,
    isChanged: changes === null || Object.keys(changes).length > 0,
    isOvertaken: typed.isOvertaken,
    setDraft: (draft: EntryDraft) => keep({ ...typed, draft }),
    takeEntry: () => keep(fresh(entry)),
  };
}
