/** Who is signed in, and for which organization the page shows things. */
import { computed, effect, signal } from "@preact/signals";
import type { Session } from "@supabase/auth-js";
import { browserZone } from "./dates";
import { locale, setLocale, type Locale } from "./i18n";
import { auth, db, done, refusedAt, unwrap } from "./client";
import type { Tables } from "./database.types";
import { forgetLeaving, hasLeft, isExpired } from "./expiry";
import { asProblem, type Problem } from "./problems";
import { forgetEverything, invalidate } from "./query";

export type Role = "admin" | "operator" | "viewer" | "member";
export type Theme = "system" | "light" | "dark";

/** What an organization may use or not. */
export type Capability = "time" | "alerts";

export const CAPABILITIES: readonly Capability[] = ["time", "alerts"];

export type Organization = Tables<"organizations">;

export interface Membership {
  role: Role;
  organization: Organization;
}

export interface Profile {
  display_name: string;
  locale: Locale;
  theme: Theme;
  time_zone: string | null;
}

/** undefined: not known yet. */
export const session = signal<Session | null | undefined>(undefined);
export const memberships = signal<Membership[] | undefined>(undefined);
export const membershipsProblem = signal<Problem | undefined>(undefined);
export const profile = signal<Profile | undefined>(undefined);
const chosenId = signal<string | null>(localStorage.getItem("gatebook-organization"));

export const membership = computed<Membership | undefined>(
  () =>
    memberships.value?.find(({ organization }) => organization.id === chosenId.value) ??
    memberships.value?.[0],
);
export const organization = computed(() => membership.value?.organization);
export const organizationId = computed(() => organization.value?.id ?? "");

/** Days are split in the organization's zone: a day's sum is the same for everybody who looks at it. */
export const organizationZone = computed(() => organization.value?.time_zone ?? browserZone());

/** Times of day are shown in the zone a person chose, else in the organization's. */
export const zone = computed(() => profile.value?.time_zone ?? organizationZone.value);

const RANK: Record<Role, number> = { member: 0, viewer: 1, operator: 2, admin: 3 };

export function may(minimum: Role): boolean {
  return RANK[membership.value?.role ?? "member"] >= RANK[minimum];
}

/** Whether the organization uses it; null is for what everybody uses. */
export function uses(capability: Capability | null): boolean {
  const used = organization.value?.capabilities;
  return capability === null || used === undefined || used.includes(capability);
}

export function chooseOrganization(id: string): void {
  localStorage.setItem("gatebook-organization", id);
  chosenId.value = id;
}

export function watchSession(): void {
  auth().onAuthStateChange((event, now) => {
    const before = session.peek();
    if (event === "SIGNED_OUT" && before && !hasLeft()) {
      // Nobody asked for it: what was typed must outlast it.
      isExpired.value = true;
      return;
    }
    if (now) forgetLeaving();
    session.value = now;
    const isBack = now !== null && isExpired.peek();
    isExpired.value = false;
    if (isBack && before?.user.id === now.user.id) invalidate("");
    if (event === "SIGNED_OUT" || (before && now && before.user.id !== now.user.id)) forget();
  });
}

function forget(): void {
  memberships.value = undefined;
  profile.value = undefined;
  forgetEverything();
}

/** Reads the organizations and the profile of whoever is signed in. */
export async function readMemberships(): Promise<void> {
  const userId = session.peek()?.user.id;
  if (!userId) return;
  try {
    const [take, own] = await Promise.all([
      activeMemberships(userId),
      unwrap(db().from("profiles").select("display_name, locale, theme, time_zone").eq("user_id", userId)),
    ]);
    membershipsProblem.value = undefined;
    const kept = own[0] as Profile | undefined;
    profile.value = kept ?? firstProfile();
    if (kept) await showProfile(kept);
    take();
  } catch (error) {
    membershipsProblem.value = asProblem(error);
  }
}

let membershipsReadAt = 0;
let newestReading = 0;

/** Reads them; the returned function shows them, unless they were read anew meanwhile. */
async function activeMemberships(userId: string): Promise<() => void> {
  membershipsReadAt = Date.now();
  const reading = ++newestReading;
  const rows = await unwrap(
    db()
      .from("memberships")
      .select("role, organization:organizations(*)")
      .eq("user_id", userId)
      .eq("is_active", true)
      .order("created_at"),
  );
  const found = rows
    .filter((row) => row.organization)
    .map((row) => ({ role: row.role as Role, organization: row.organization as Organization }));
  return () => {
    if (reading === newestReading && session.peek()?.user.id === userId) showMemberships(found);
  };
}

/** The same as before must not draw the page again. */
function showMemberships(found: Membership[]): void {
  if (JSON.stringify(found) === JSON.stringify(memberships.peek())) return;
  const isFirst = memberships.peek() === undefined;
  memberships.value = found;
  if (!isFirst) invalidate("");
}

/** Often enough to notice, seldom enough that nobody else does. */
const MEMBERSHIPS_STALE_MS = 5000;

/** Roles end and time zones change while a page stays open: read again what one is where. */
async function checkMemberships(): Promise<void> {
  const userId = session.peek()?.user.id;
  if (!userId || !memberships.peek() || isExpired.peek()) return;
  // Whoever looks again asks again.
  await activeMemberships(userId).then((take) => take(), () => {});
}

function checkStaleMemberships(): void {
  if (document.visibilityState !== "visible" || Date.now() - membershipsReadAt < MEMBERSHIPS_STALE_MS) return;
  void checkMemberships();
}

/** When the page is looked at again, and when the server refused what a role was thought to allow. */
export function watchMemberships(): void {
  addEventListener("focus", checkStaleMemberships);
  document.addEventListener("visibilitychange", checkStaleMemberships);
  effect(() => {
    if (refusedAt.value) void checkMemberships();
  });
}

/** Until a person saves one: the name given when signing up, the language of the page. */
function firstProfile(): Profile {
  const name: unknown = session.peek()?.user.user_metadata?.["display_name"];
  return {
    display_name: typeof name === "string" ? name.slice(0, 200) : "",
    locale: locale.peek(),
    theme: "system",
    time_zone: null,
  };
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
    localStorage.removeItem("gatebook-theme");
  } else {
    document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("gatebook-theme", theme);
  }
}

/** What those choices are now that changes are about to change. */
export function valuesOf(now: Profile, changes: Partial<Profile>): Partial<Profile> {
  const names = Object.keys(changes) as (keyof Profile)[];
  return Object.fromEntries(names.map((name) => [name, now[name]]));
}

export async function saveProfile(changes: Partial<Profile>): Promise<void> {
  const userId = session.peek()?.user.id;
  const now = profile.peek();
  if (!userId || !now) return;
  await showProfile({ ...now, ...changes });
  try {
    await done(db().from("profiles").upsert({ user_id: userId, ...profile.peek()! }));
  } catch (error) {
    // What else was chosen meanwhile stays.
    await showProfile({ ...profile.peek()!, ...valuesOf(now, changes) });
    throw error;
  }
}

async function showProfile(shown: Profile): Promise<void> {
  profile.value = shown;
  applyTheme(shown.theme);
  await setLocale(shown.locale);
}

export async function createOrganization(name: string, timeZone: string): Promise<void> {
  const made = await unwrap(db().rpc("create_organization", { name, time_zone: timeZone }));
  await readMemberships();
  chooseOrganization((made as Organization).id);
}

/** By its id: what is taken back later belongs to the same one, whichever is chosen then. */
export type OrganizationChanges = Partial<
  Pick<Organization, "name" | "time_zone" | "slug" | "locale" | "contact_email">
>;

export async function saveOrganization(id: string, changes: OrganizationChanges): Promise<void> {
  await done(db().from("organizations").update(changes).eq("id", id).select("id").single());
  await readMemberships();
}

/** What is off shows nowhere; what it does not know of here stays as it is. */
export async function setCapabilities(id: string, capabilities: readonly string[]): Promise<void> {
  await done(db().rpc("set_capabilities", { organization_id: id, capabilities: [...capabilities] }));
  await readMemberships();
}
