import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import de from "./words.de.json";
import en from "./words.en.json";

const MIGRATIONS = join(import.meta.dirname, "../../../../supabase/migrations");

/** Only devices meet these, and who would change what is append-only. */
const NOT_OF_THE_PAGE = ["append_only", "invalid_credential", "invalid_events", "rate_limited"];

function refusals(): string[] {
  const sql = readdirSync(MIGRATIONS)
    .map((file) => readFileSync(join(MIGRATIONS, file), "utf8"))
    .join("\n");
  const codes = [...sql.matchAll(/private\.refuse\(\s*\d{3},\s*'([a-z_]+)'/g)].map(([, code]) => code!);
  return [...new Set(codes)].filter((code) => !NOT_OF_THE_PAGE.includes(code));
}

describe("the refusals of the database", () => {
  it("have words in both languages", () => {
    const codes = refusals();
    expect(codes).toContain("version_conflict");
    const wordless = (messages: object) => codes.filter((code) => !(`problem.${code}` in messages));
    expect(wordless(en)).toEqual([]);
    expect(wordless(de)).toEqual([]);
  });
});
