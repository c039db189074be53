/** The one connection to Supabase: Auth, and PostgREST with the signed-in person's token. */
import { signal } from "@preact/signals";
import { AuthClient } from "@supabase/auth-js";
import { PostgrestClient } from "@supabase/postgrest-js";
import type { Database } from "./database.types";
import { isExpired, signedOutAnswer } from "./expiry";
import { problemFromResponse, unreachable } from "./problems";

export interface RuntimeConfig {
  supabaseUrl: string;
  supabasePublishableKey: string;
  /** Where devices post to. */
  gatebookUrl: string;
}

const SESSION_KEY = "gatebook-session";

/** Whether this browser keeps a session; it may have ended. */
export const isKnown = (): boolean => localStorage.getItem(SESSION_KEY) !== null;

type Auth = InstanceType<typeof AuthClient>;

export interface Connection {
  config: RuntimeConfig;
  auth: Auth;
  db: PostgrestClient<Database>;
}

let connection: Connection | undefined;

/** Reads where Supabase is from the host that serves the page, so that one build runs everywhere. */
export async function connect(): Promise<Connection> {
  if (connection) return connection;
  const response = await fetch("/config.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  const config = (await response.json()) as RuntimeConfig;
  // "/" where Supabase is behind the page's own origin.
  config.supabaseUrl = new URL(config.supabaseUrl, location.origin).href.replace(/\/$/, "");
  const apikey = config.supabasePublishableKey;
  const auth = new AuthClient({
    url: `${config.supabaseUrl}/auth/v1`,
    headers: { apikey },
    storageKey: SESSION_KEY,
    flowType: "pkce",
    autoRefreshToken: true,
    persistSession: true,
    // Links of e-mails are read by auth.ts, which takes their tokens out of the address first.
    detectSessionInUrl: false,
  });
  const db = new PostgrestClient<Database>(`${config.supabaseUrl}/rest/v1`, {
    headers: { apikey },
    fetch: async (input, init) => {
      const { data } = await auth.getSession();
      if (!data.session && isExpired.peek()) return signedOutAnswer();
      const headers = new Headers(init?.headers);
      if (data.session) headers.set("Authorization", `Bearer ${data.session.access_token}`);
      return fetch(input, { ...init, headers });
    },
  });
  connection = { config, auth, db };
  return connection;
}

function connected(): Connection {
  if (!connection) throw new Error("connect() comes first");
  return connection;
}

export const config = (): RuntimeConfig => connected().config;
export const auth = (): Auth => connected().auth;
export const db = (): PostgrestClient<Database> => connected().db;

export interface Answer<T> {
  data: T;
  error: { message: string; code: string; details: string; hint?: string } | null;
  status: number;
  count?: number | null;
}

/** When the server last said that a role does not allow something: what the page takes it for may be over. */
export const refusedAt = signal(0);

/** The data of an answer, or its error as a Problem. */
export async function unwrap<T>(request: PromiseLike<Answer<T>>): Promise<NonNullable<T>> {
  return (await unwrapCounted(request)).data;
}

export async function unwrapCounted<T>(
  request: PromiseLike<Answer<T>>,
): Promise<{ data: NonNullable<T>; count: number }> {
  const answer = await request.then(
    (given) => given,
    () => {
      throw unreachable();
    },
  );
  if (answer.error) {
    const problem = problemFromResponse(answer.status, answer.error);
    if (problem.code === "forbidden") refusedAt.value = Date.now();
    throw problem;
  }
  return { data: answer.data as NonNullable<T>, count: answer.count ?? 0 };
}

/** For requests whose answer nobody reads. */
export async function done(request: PromiseLike<Answer<unknown>>): Promise<void> {
  await unwrapCounted(request);
}

/** The generated types do not know that an argument of a function may be null. */
export const nullable = (value: string | null | undefined): string => (value || null) as string;
