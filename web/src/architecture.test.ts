import { describe, expect, it } from "vitest";
import { breachesIn } from "./testing/architecture";
import { shipped, type Source } from "./testing/sources";

const real = shipped();

/** The sources with one file more or another one; its imports must lead somewhere. */
const planted = (path: string, text: string): string[] => {
  const rest = real.filter((each) => each.path !== path);
  const before = real.find((each) => each.path === path)?.text ?? "";
  return breachesIn([...rest, { path, text: `${before}\n${text}` }]);
};

const small = (files: Record<string, string>): Source[] =>
  Object.entries(files).map(([path, text]) => ({ path, text }));

describe("the folders of the page", () => {
  it("keep their rules", () => {
    expect(breachesIn(real)).toEqual([]);
  });

  it.each([
    ["ui/New.ts", 'import { useAlert } from "../features/alerts/data";', "ui knows nothing of Gatebook"],
    ["ui/New.ts", 'export const more = () => import("../app/Frame");', "ui knows nothing of Gatebook"],
    ["ui/New.ts", 'import type { Role } from "../platform/session";', "ui knows nothing of Gatebook"],
    ["platform/problems.ts", 'import { db } from "./client";', "ui reads no data"],
    ["platform/new.ts", 'export * from "../features/alerts/data";', "platform knows neither"],
    ["platform/new.ts", 'import { isHelpOpen } from "../app/open";', "platform knows neither"],
    ["features/tags/new.ts", 'import { isHelpOpen } from "../../app/open";', "a feature does not know the frame"],
    ["features/tags/new.ts", 'import { AlertLine } from "../alerts/AlertLine";', "features meet in data"],
    ["app/new.ts", 'import { useAlert } from "../features/alerts/data";', "the frame knows of a feature its page.ts"],
    ["features/devices/New.tsx", 'import { alertWords } from "../alerts/AlertWords";', "lacks the words of features/alerts"],
  ])("are found out: %s with %s", (path, text, breach) => {
    expect(planted(path, text).join("\n")).toContain(breach);
  });

  it("have no circle, of files or of folders", () => {
    const ofFiles = small({ "ui/a.ts": 'import "./b";', "ui/b.ts": 'export type { A } from "./c";', "ui/c.ts": 'import("./a");' });
    expect(breachesIn(ofFiles)).toEqual(["circle of files: ui/a.ts > ui/b.ts > ui/c.ts > ui/a.ts"]);
    const ofFolders = small({
      "features/a/data.ts": 'import "../b/words";',
      "features/b/words.ts": "",
      "features/b/data.ts": 'import "../a/slots";',
      "features/a/slots.ts": "",
    });
    expect(breachesIn(ofFolders)).toEqual(["circle of folders: features/a > features/b > features/a"]);
  });

  it("hold no file of more than 250 lines but what is generated", () => {
    const long = real.filter(({ path, text }) => text.split("\n").length > 251 && path !== "platform/database.types.ts");
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("read data in data modules alone", () => {
    const isData = (path: string) => /^platform\/|^features\/\w+\/(data(\/|\.)|search\.ts|names\.ts)/.test(path);
    const asking = real.filter(({ path, text }) => !isData(path) && /\bfrom "[./]+platform\/client"/.test(text));
    // The frame connects, once.
    expect(asking.map(({ path }) => path)).toEqual(["app/main.tsx"]);
  });

  it("believe the generated types: no cast goes through unknown or any", () => {
    const casts = real.flatMap(({ path, text }) => (/\bas (unknown as|any)\b|<any>/.test(text) ? [path] : []));
    expect(casts).toEqual([]);
  });

  it("draw one table, by one component", () => {
    // A chart made of cells, the two columns of shortcuts, and a list of differences are no lists of rows.
    const others = ["app/ShortcutHelp.tsx", "features/audit/AuditEntry.tsx", "features/time/reports/HourMap.tsx"];
    const drawing = real.filter(({ path, text }) => text.includes("<table") && path !== "ui/Table.tsx");
    expect(drawing.map(({ path }) => path).sort()).toEqual(others);
  });
});
