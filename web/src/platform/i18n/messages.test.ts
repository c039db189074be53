import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import de from "./words.de.json";
import en from "./words.en.json";
import { fill, pickPlural, splitMessage } from "./messages";

const german: Record<string, string> = de;
const english: Record<string, string> = en;
const names = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("the messages", () => {
  it("are the same in both languages, with the same names in them", () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
    for (const [id, message] of Object.entries(english)) expect([id, names(german[id]!)]).toEqual([id, names(message)]);
  });

  it("are all there that the page asks for", () => {
    const source = readdirSync(join(import.meta.dirname, ".."), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"))
      .map((file) => readFileSync(join(import.meta.dirname, "..", file), "utf8"))
      .join("\n");
    const asked = [...source.matchAll(/\btx?\("([\w.]+)"/g)].map(([, id]) => id!);
    expect(asked.filter((id) => !(id in english) && !(`${id}_other` in english))).toEqual([]);
  });

  it("have no jargon and no empty words", () => {
    for (const message of Object.values({ ...english, ...german })) expect(message.trim()).not.toBe("");
  });
});

describe("a message", () => {
  it("is filled by name, numbers as the locale writes them", () => {
    expect(fill("{count} of {total}", { count: 1234, total: "x" }, "de-AT")).toBe("1.234 of x".replace("1.234", new Intl.NumberFormat("de-AT").format(1234)));
    expect(fill("{unknown}", { a: 1 }, "en")).toBe("{unknown}");
  });

  it("has its plural", () => {
    const messages = { tap_one: "a tap", tap_other: "taps" };
    expect(pickPlural(messages, "tap", 1, "en")).toBe("a tap");
    expect(pickPlural(messages, "tap", 2, "en")).toBe("taps");
    expect(pickPlural(messages, "tip", 2, "en")).toBeUndefined();
  });

  it("is split at its names", () => {
    expect(splitMessage("{who} tapped at {device}.")).toEqual([
      { name: "who" },
      { text: " tapped at " },
      { name: "device" },
      { text: "." },
    ]);
  });
});
