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

/** The files that a file imports, as the compiler reads it: types too, and what is loaded later when asked for. */
export function importsOf({ path, text }: Source, isThere: (path: string) => boolean, withLater = true): string[] {
  const found: string[] = [];
  const note = (specifier: string) => {
    if (!specifier.startsWith(".")) return;
    const at = normalize(join(dirname(path), specifier)).replaceAll("\\", "/");
    const file = [at, `${at}.ts`, `${at}.tsx`, `${at}/index.ts`].find(isThere);
    if (file) found.push(file);
    else if (!/\.(json|css)$/.test(at)) throw new Error(`${path} imports ${specifier}, which is nowhere`);
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      note((node.moduleSpecifier as ts.StringLiteral).text);
    }
    const [argument] = ts.isCallExpression(node) ? node.arguments : [];
    if (withLater && ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      if (argument && ts.isStringLiteralLike(argument)) note(argument.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}
