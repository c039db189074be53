import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

function tokens(after: string): Record<string, string> {
  const start = css.indexOf("{", css.indexOf(after));
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

function luminance(hex: string): number {
  const part = (from: number) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const light = tokens(":root {");
const chosenDark = tokens(':root[data-theme="dark"]');
const systemDark = tokens(":root:not([data-theme=");

describe("the colours", () => {
  it("are the same whether dark is chosen or the system's", () => expect(systemDark).toEqual(chosenDark));

  const pairs = ["text", "text-soft", "text-faint", "accent", "running", "attention", "wrong"].flatMap((text) =>
    ["ground", "surface", "rail", "hover"].map((ground) => [text, ground] as const),
  );
  const softPairs = (["running", "attention", "wrong"] as const).map((name) => [name, `${name}-soft`] as const);

  it.each([...pairs, ...softPairs, ["on-accent", "accent"], ["accent-strong", "accent-soft"]] as const)(
    "have enough contrast: %s on %s",
    (text, ground) => {
      for (const theme of [light, { ...light, ...chosenDark }]) {
        expect(contrast(theme[`--${text}`]!, theme[`--${ground}`]!)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
