import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rollup } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importsOf } from "./testing/sources";

const KIB = 1024;
const LIMIT = 105 * KIB;
const WEB = join(import.meta.dirname, "..");
/** Two builds, on a machine that does other things as well. */
const PATIENCE_MS = 300_000;

type Chunks = Map<string, Rollup.OutputChunk>;

async function built(root: string): Promise<Chunks> {
  const output = (await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    build: { write: false },
  })) as Rollup.RollupOutput;
  return new Map(output.output.flatMap((each) => (each.type === "chunk" ? [[each.fileName, each] as const] : [])));
}

/** The files of words that Today waits for, from web/src on. */
function wordsOfToday(root: string): string[] {
  const read = (path: string) => ({ path, text: readFileSync(join(root, "src", path), "utf8") });
  const imports = importsOf(read("features/time/words.ts"), (path) => existsSync(join(root, "src", path)));
  const rooms = imports.flatMap((path) => /^(.*)\/words\.ts$/.exec(path)?.[1] ?? []);
  return ["platform/i18n", "app", "features/time", ...rooms].map((room) => `${room}/words.en.json`);
}

/** What comes before one sees Today in English, gzipped. */
function firstLoad(root: string, chunks: Chunks): number {
  const wanted = ["app/main.tsx", "features/time/today/TodayPage.tsx", ...wordsOfToday(root)];
  const start = wanted.map((path) => {
    const chunk = [...chunks.values()].find(({ moduleIds, facadeModuleId }) =>
      path === "app/main.tsx" ? moduleIds.some((id) => id.endsWith(path)) : facadeModuleId?.endsWith(`src/${path}`),
    );
    if (!chunk) throw new Error(`${path} is in no file of its own`);
    return chunk.fileName;
  });
  const reached = new Set(start);
  for (const name of reached) for (const next of chunks.get(name)!.imports) reached.add(next);
  return [...reached].reduce((sum, name) => sum + gzipSync(chunks.get(name)!.code).length, 0);
}

/** A copy of the page with one feature more: its folder, and its line. */
function withEmptyFeature(root: string): void {
  cpSync(WEB, root, {
    recursive: true,
    filter: (path) => !["dist", "node_modules"].includes(relative(WEB, path)),
  });
  symlinkSync(join(WEB, "../node_modules"), join(root, "node_modules"));
  cpSync(join(root, "src/testing/empty-feature"), join(root, "src/features/empty"), { recursive: true });
  const list = join(root, "src/app/features.ts");
  const before = readFileSync(list, "utf8");
  const after = `import { page as empty } from "../features/empty/page";\n${before}`.replace("audit];", "audit, empty];");
  if (!after.includes("empty];")) throw new Error("the list of features looks otherwise by now");
  writeFileSync(list, after);
}

describe("the first load", () => {
  const copy = mkdtempSync(join(tmpdir(), "gatebook-web-"));
  let now: Chunks;
  let then: Chunks;

  beforeAll(async () => {
    now = await built(WEB);
    withEmptyFeature(copy);
    then = await built(copy);
  }, PATIENCE_MS);
  afterAll(() => rmSync(copy, { recursive: true }));

  it("is light", () => {
    expect(firstLoad(WEB, now)).toBeLessThanOrEqual(LIMIT);
  });

  it("stays as it is when a feature is added", () => {
    const names = [...then.keys()].join("\n");
    expect(names).toContain("EmptyPage-");
    expect(names).toContain("empty.words.de-");
    const [before, after] = [firstLoad(WEB, now), firstLoad(copy, then)];
    expect(Math.abs(after - before), `${before} and ${after} bytes`).toBeLessThanOrEqual(KIB);
  });
});
