/** For tests of the sources as such: every file, what it imports, and which room it belongs to. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

export const SOURCES = join(import.meta.dirname, "..");

export interface Source {
  /** From web/src on, with `/`. */
  path: string;
  text: string;
}

/** All that is shipped: no tests, and nothing that only they use. */
export function shipped(): Source[] {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.startsWith("testing/"))
    .map((path) => ({ path, text: readFileSync(join(SOURCES, path), "utf8") }));
}

/** `features/time`, `ui`, `platform`, `app`: the folder that a rule speaks of. */
export function roomOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "features" ? `${first}/${second}` : first;
}

const specifiers = new Map<string, string[]>();

/** What stands behind `from` and in `import(…)`, as the compiler reads it. */
function specifiersIn(text: string): string[] {
  const known = specifiers.get(text);
  if (known) return known;
  const found = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  specifiers.set(text, found);
  return found;
}

/** The files that a file imports: for its types, too, and what is loaded later when asked for. */
export function importsOf({ path, text }: Source, isThere: (path: string) => boolean): string[] {
  return specifiersIn(text)
    .filter((specifier) => specifier.startsWith("."))
    .flatMap((specifier) => {
      const at = normalize(join(dirname(path), specifier)).replaceAll("\\", "/");
      const file = [at, `${at}.ts`, `${at}.tsx`, `${at}/index.ts`].find(isThere);
      if (!file && !/\.(json|css)$/.test(at)) throw new Error(`${path} imports ${specifier}, which is nowhere`);
      return file ? [file] : [];
    });
}
