/** Signing up, in and out; Supabase Auth does the work. */
import { signal } from "@preact/signals";
import { auth } from "./client";
import { forgetLeaving, noteLeaving } from "./expiry";
import { asProblem, Problem } from "./problems";

function check(error: unknown): void {
  if (error) throw asProblem(error);
}

const RECOVERY = "gatebook-recovery";
const RESET_PATH = "/reset-password";

/** In this tab somebody came by a link to choose a new password, and has not yet. It outlasts a reload. */
export const isRecovering = signal(sessionStorage.getItem(RECOVERY) !== null);

function startRecovery(): void {
  sessionStorage.setItem(RECOVERY, "1");
  isRecovering.value = true;
}

export function endRecovery(): void {
  sessionStorage.removeItem(RECOVERY);
  isRecovering.value = false;
}

export async function signIn(email: string, password: string): Promise<void> {
  // Whoever knows the password needs no new one.
  endRecovery();
  check((await auth().signInWithPassword({ email, password })).error);
}

/** True when a mail with a link must be answered first. */
export async function signUp(email: string, password: string, name: string): Promise<boolean> {
  const { data, error } = await auth().signUp({
    email,
    password,
    options: { data: { display_name: name }, emailRedirectTo: `${location.origin}/` },
  });
  check(error);
  return data.session === null;
}

/** This browser only: other sessions of the same person go on. */
export async function signOut(): Promise<void> {
  await leave("local");
}

export async function signOutEverywhereElse(): Promise<void> {
  check((await auth().signOut({ scope: "others" })).error);
}

/** Every browser of this account, this one among them. */
export async function signOutEverywhere(): Promise<void> {
  await leave("global");
}

async function leave(scope: "local" | "global"): Promise<void> {
  noteLeaving();
  const { error } = await auth().signOut({ scope });
  if (error) forgetLeaving();
  check(error);
}

export async function requestPasswordReset(email: string): Promise<void> {
  const redirectTo = `${location.origin}${RESET_PATH}`;
  check((await auth().resetPasswordForEmail(email, { redirectTo })).error);
}

export async function changePassword(password: string): Promise<void> {
  check((await auth().updateUser({ password })).error);
}

/** Whoever finds a browser left open does not know the old one. */
export async function changeOwnPassword(email: string, before: string, password: string): Promise<void> {
  await signIn(email, before);
  await changePassword(password);
}

export async function changeEmail(email: string): Promise<void> {
  check((await auth().updateUser({ email })).error);
}

/**
 * What a link in an e-mail brought, taken out of the address at once: neither the history nor a screenshot
 * keeps a token. Called before anything is drawn.
 */
export function takeLinkTokens(): URLSearchParams | null {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const found = new URLSearchParams();
  for (const [name, value] of [...query, ...fragment]) {
    if (LINK_PARAMETERS.has(name)) found.set(name, value);
  }
  if ([...found.keys()].length === 0) return null;
  for (const name of LINK_PARAMETERS) query.delete(name);
  const rest = query.toString();
  history.replaceState(history.state, "", location.pathname + (rest ? `?${rest}` : ""));
  return found;
}

const LINK_PARAMETERS = new Set([
  "access_token",
  "refresh_token",
  "expires_in",
  "expires_at",
  "token_type",
  "token",
  "token_hash",
  "type",
  "code",
  "error",
  "error_code",
  "error_description",
]);

/** Signs in with what takeLinkTokens found. */
export async function signInByLink(found: URLSearchParams): Promise<void> {
  const type = found.get("type");
  if (found.get("error") || found.get("error_code")) {
    throw new Problem(found.get("error_code") ?? "link_expired", 0, found.get("error_description") ?? "");
  }
  const access_token = found.get("access_token");
  const refresh_token = found.get("refresh_token");
  const token_hash = found.get("token_hash");
  const code = found.get("code");
  if (access_token && refresh_token) {
    check((await auth().setSession({ access_token, refresh_token })).error);
  } else if (token_hash) {
    const kind = type === "recovery" || type === "email_change" || type === "invite" ? type : "email";
    check((await auth().verifyOtp({ token_hash, type: kind })).error);
  } else if (code) {
    check((await auth().exchangeCodeForSession(code)).error);
  }
  // A code does not say what for; where the mail sent it does.
  if (type === "recovery" || location.pathname === RESET_PATH) startRecovery();
}
