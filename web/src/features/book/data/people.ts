import { likePattern } from "../../../platform/text";
import { db, done, nullable, unwrap, unwrapCounted } from "../../../platform/client";
import type { Owned } from "../../../platform/home";
import { BY_NAME, counting, keyPage } from "../../../platform/paging";
import { usePages, type Page } from "../../../platform/pages";
import { invalidate, useQuery } from "../../../platform/query";
import { quotedPattern } from "../../../platform/postgrest";
import type { Choice } from "../../../ui/Picker";
import { may, organizationId, session } from "../../../platform/session";

export interface Person {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  user_id: string | null;
  archived_at: string | null;
  erased_at: string | null;
}

const COLUMNS = "id, name, email, phone, user_id, archived_at, erased_at";

export interface PeopleFilter {
  text: string;
  archived: boolean;
}

export function usePeoplePages(filter: PeopleFilter) {
  return usePages<Person>(
    `people:${organizationId.value}:${filter.archived}:${filter.text}`,
    async (after): Promise<Page<Person>> => {
      let query = db()
        .from("people")
        .select(COLUMNS, counting(after))
        .eq("organization_id", organizationId.peek());
      query = filter.archived ? query.not("archived_at", "is", null) : query.is("archived_at", null);
      if (filter.text.trim()) {
        const like = quotedPattern(likePattern(filter.text));
        query = query.or(`name.ilike.${like},email.ilike.${like},phone.ilike.${like}`);
      }
      return keyPage<Person>(query, BY_NAME, after);
    },
  );
}

export function usePerson(id: string | null) {
  return useQuery<Person & Owned>(id === null ? null : `people:one:${id}`, async () =>
    unwrap(db().from("people").select(`${COLUMNS}, organization_id`).eq("id", id!).single()),
  );
}

/** The first people by name that hold the text, for pickers. */
export async function choosePeople(text: string): Promise<Choice[]> {
  let query = db()
    .from("people")
    .select("id, name")
    .eq("organization_id", organizationId.peek())
    .is("archived_at", null);
  if (text.trim()) query = query.ilike("name", likePattern(text));
  return unwrap(query.order("name").limit(20));
}

/** Who the signed-in account is in this organization, if anybody. */
export function useOwnPerson(userId: string | undefined) {
  return useQuery<Person | null>(
    userId && organizationId.value ? `people:own:${organizationId.value}:${userId}` : null,
    async () => {
      const rows = await unwrap(
        db().from("people").select(COLUMNS).eq("organization_id", organizationId.peek()).eq("user_id", userId!),
      );
      return (rows[0] as Person | undefined) ?? null;
    },
  );
}

/** Operators change everything, a member what is their own. */
export function useMayChange(ownerId: string | null): boolean {
  const own = useOwnPerson(session.value?.user.id).data;
  return may("operator") || (own != null && own.id === ownerId);
}

/** Whom a member's lists are about; undefined: everybody, for those who may read everything. Null: not known yet. */
export function useOwnPersonOnly(): string | null | undefined {
  const readsAll = may("viewer");
  const own = useOwnPerson(readsAll ? undefined : session.value?.user.id);
  if (readsAll) return undefined;
  if (own.data === undefined && !own.problem) return null;
  return own.data?.id;
}

export interface PersonInput {
  name: string;
  email: string;
  phone: string;
}

const stored = ({ name, email, phone }: PersonInput) => ({
  name: name.trim(),
  email: email.trim() || null,
  // E.164: people write spaces, dashes and brackets, and 00 for +.
  phone: phone.replace(/[\s()./-]/g, "").replace(/^00/, "+") || null,
});

export async function addPerson(input: PersonInput): Promise<string> {
  const made = await unwrap(
    db()
      .from("people")
      .insert({ organization_id: organizationId.peek(), ...stored(input) })
      .select("id")
      .single(),
  );
  invalidate("people:");
  return made.id;
}

export async function savePerson(id: string, input: PersonInput): Promise<void> {
  await done(db().from("people").update(stored(input)).eq("id", id).select("id").single());
  invalidate("people:");
}

export async function archivePerson(id: string, isArchived: boolean): Promise<void> {
  const archived_at = isArchived ? new Date().toISOString() : null;
  await done(db().from("people").update({ archived_at }).eq("id", id).select("id").single());
  invalidate("people:");
}

/** For good; refused while time or a reader still names the person. */
export async function deletePerson(id: string): Promise<void> {
  await done(db().from("people").delete().eq("id", id).select("id").single());
  invalidate("people:");
}

export async function erasePerson(id: string, confirmation: string): Promise<void> {
  await done(db().rpc("erase_person", { person_id: id, confirmation }));
  invalidate("people:", "time:");
}

export async function linkPerson(id: string, membershipId: string | null): Promise<void> {
  await done(db().rpc("link_person", { person_id: id, membership_id: nullable(membershipId) }));
  invalidate("people:", "members:");
}

// Types, no interfaces: these are JSON, of which the generated types do not say what is in it.
export type ImportProblem = {
  row: number;
  field?: "name" | "email" | "phone";
  code: "missing" | "too_long" | "invalid" | "repeated" | "taken" | "not_an_object";
  first_row?: number;
};

export type ImportOutcome = {
  rows: number;
  imported: number;
  errors: ImportProblem[];
};

export async function importPeople(rows: PersonInput[], isDryRun: boolean): Promise<ImportOutcome> {
  const outcome = await unwrap(
    db().rpc("import_people", {
      organization_id: organizationId.peek(),
      rows: rows.map(stored),
      dry_run: isDryRun,
    }),
  );
  if (!isDryRun) invalidate("people:");
  return outcome as ImportOutcome;
}

/** How many the server takes in one import. */
export const MAX_IMPORT_ROWS = 5000;

/** The first people by name, for Today; how many there are in all. */
export function useRoster() {
  return useQuery<{ rows: { id: string; name: string }[]; count: number }>(
    `people:roster:${organizationId.value}`,
    async () => {
      const { data, count } = await unwrapCounted(
        db()
          .from("people")
          .select("id, name", { count: "exact" })
          .eq("organization_id", organizationId.peek())
          .is("archived_at", null)
          .order("name")
          .order("id")
          .limit(100),
      );
      return { rows: data, count };
    },
    { everyMs: 60_000 },
  );
}

/** The account's own person, made and linked at once. */
export async function addYourself(name: string, email: string, userId: string): Promise<void> {
  const id = await addPerson({ name, email, phone: "" });
  const own = await unwrap(
    db().from("memberships").select("id").eq("organization_id", organizationId.peek()).eq("user_id", userId).single(),
  );
  await linkPerson(id, own.id);
}
