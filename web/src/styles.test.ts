import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SOURCES } from "./testing/sources";

interface Rule {
  file: string;
  selectors: string[];
  isInMedia: boolean;
}

/** The rules of a file; our css nests nothing but rules in @media. */
function rulesOf(file: string): Rule[] {
  const text = readFileSync(join(SOURCES, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const rules: Rule[] = [];
  let depth = 0;
  for (const [, head, mark] of text.matchAll(/([^{}]*)([{}])/g)) {
    if (mark === "}") depth -= 1;
    else {
      depth += 1;
      const selectors = head!.split(",").map((each) => each.trim().split(";").at(-1)!.trim());
      if (!head!.trim().startsWith("@")) rules.push({ file, selectors, isInMedia: depth > 1 });
    }
  }
  return rules;
}

const rules = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".css"))
  .flatMap(rulesOf);

describe("the css of the page", () => {
  it("has what changes a class on small screens where the class is, since what comes with a page comes last", () => {
    const plain = rules.filter(({ isInMedia }) => !isInMedia);
    const home = new Map(plain.flatMap(({ file, selectors }) => selectors.map((each) => [each, file] as const)));
    const astray = rules
      .filter(({ isInMedia }) => isInMedia)
      .flatMap(({ file, selectors }) => selectors.map((selector) => ({ file, selector })))
      .filter(({ file, selector }) => {
        const at = home.get(selector);
        return at !== undefined && file.startsWith("ui/") && !at.startsWith("ui/");
      })
      // Nothing overrules what print says: it is important.
      .filter(({ file }) => file !== "ui/styles/base.css");
    expect(rules.length).toBeGreaterThan(200);
    expect(astray).toEqual([]);
  });
});
