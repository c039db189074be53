/** What went wrong, with a stable code that the messages have words for. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: string = "",
  ) {
    super(detail || code);
    this.name = "Problem";
  }
}

export const unreachable = (): Problem => new Problem("unreachable", 0);

// SQLSTATEs that PostgREST passes on when a constraint or a policy said no.
const BY_SQLSTATE: Record<string, string> = {
  "23505": "already_exists",
  "23503": "still_in_use",
  "23514": "invalid_value",
  "23502": "invalid_value",
  "22P02": "invalid_value",
  "42501": "forbidden",
  PGRST116: "not_found",
  PGRST301: "signed_out",
  PGRST303: "signed_out",
};

// Constraints whose name says which field of a form was refused.
const BY_CONSTRAINT: Record<string, string> = {
  organizations_slug_is_unique: "slug_taken",
  people_email_is_unique: "email_taken",
  people_phone_is_unique: "phone_taken",
  people_user_is_unique: "account_taken",
  people_email_has_at: "invalid_email",
  people_phone_is_e164: "invalid_phone",
};

export function problemFromResponse(
  status: number,
  error: { message: string; code: string; details: string },
): Problem {
  // postgrest-js reports a failed fetch as an answer with status 0.
  if (status === 0) return unreachable();
  const known = BY_CONSTRAINT[/constraint "(\w+)"/.exec(error.message)?.[1] ?? ""] ?? BY_SQLSTATE[error.code];
  if (known) return new Problem(known, status, error.details || error.message);
  // Our own refusals: message is a code in snake case, details are words.
  if (/^[a-z][a-z0-9_]*$/.test(error.message)) return new Problem(error.message, status, error.details ?? "");
  if (status === 401) return new Problem("signed_out", status);
  if (status === 403) return new Problem("forbidden", status);
  if (status === 404) return new Problem("not_found", status);
  if (status >= 500) return new Problem("server_away", status);
  return new Problem("unexpected", status, error.message);
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  // What a browser's fetch rejects with while the network is away.
  if (error instanceof TypeError) return unreachable();
  const auth = error as { code?: string; status?: number; message?: string; name?: string };
  if (auth?.name === "AuthRetryableFetchError") return unreachable();
  if (auth?.code) return new Problem(auth.code, auth.status ?? 0, auth.message);
  return new Problem("unexpected", auth?.status ?? 0, auth?.message ?? String(error));
}
