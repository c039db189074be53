import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shipped, SOURCES } from "./testing/sources";

type Words = Record<string, string>;

const folders = ["platform/i18n", "app", ...readdirSync(join(SOURCES, "features")).map((name) => `features/${name}`)];
const wordsOf = (folder: string, language: string): Words =>
  JSON.parse(readFileSync(join(SOURCES, folder, `words.${language}.json`), "utf8")) as Words;
const rooms = folders.map((folder) => ({ folder, english: wordsOf(folder, "en"), german: wordsOf(folder, "de") }));

const namesIn = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** The strings in the sources that may be ids, and patterns for those put together: `role.${role}`. */
function asked(): { ids: Set<string>; patterns: RegExp[] } {
  const ids = new Set<string>();
  const patterns = new Set<string>();
  for (const { text } of shipped()) {
    for (const [, id] of text.matchAll(/"([\w.]+)"/g)) ids.add(id!);
    for (const [, template] of text.matchAll(/`(\w+\.[\w.]*\$\{[^`]*)`/g)) {
      patterns.add(template!.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(".", "\\.")).join("[\\w-]*"));
    }
  }
  return { ids, patterns: [...patterns].filter((each) => /^[\w\\.[\]*-]+$/.test(each)).map((each) => new RegExp(`^${each}$`)) };
}

describe("the words of the page", () => {
  it("are the same in both languages, with the same names in them", () => {
    for (const { folder, english, german } of rooms) {
      expect([folder, Object.keys(german)]).toEqual([folder, Object.keys(english)]);
      for (const [id, message] of Object.entries(english)) expect([id, namesIn(german[id]!)]).toEqual([id, namesIn(message)]);
    }
  });

  it("stand in one file each", () => {
    const all = rooms.flatMap(({ english }) => Object.keys(english));
    expect(all.filter((id, at) => all.indexOf(id) !== at)).toEqual([]);
  });

  it("are all used", () => {
    const { ids, patterns } = asked();
    const isUsed = (id: string) => ids.has(id) || patterns.some((each) => each.test(id));
    const unused = rooms.flatMap(({ english }) => Object.keys(english)).filter(
      (id) => !isUsed(id) && !isUsed(id.replace(/_(one|other)$/, "")),
    );
    expect(unused).toEqual([]);
  });

  it("have no empty words", () => {
    for (const { english, german } of rooms) {
      for (const message of [...Object.values(english), ...Object.values(german)]) expect(message.trim()).not.toBe("");
    }
  });
});
