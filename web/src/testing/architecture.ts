/** The rules between the folders of the page. Each breach is said in words. */
import { importsOf, roomOf, type Source } from "./sources";

/**
 * What ui may know of platform: how words are found and what a refusal is called. Neither these nor what they import
 * read any data, which is checked, too.
 */
const WORDS_FOR_UI = [/^platform\/i18n\//, /^platform\/problems\.ts$/, /^platform\/text\.ts$/];
const DATA = ["platform/client.ts", "platform/session.ts", "platform/query.ts", "platform/pages.ts"];

/** What a feature shows to others: its data, its words, its slots. */
const PUBLIC = /^features\/\w+\/(data(\/[\w-]+)?|words|slots)\.ts$/;
/** Components of one feature that others show, each because two features speak of the same thing. */
const SHARED = [
  "features/alerts/AlertWords.tsx",
  "features/book/ProjectName.tsx",
  "features/taps/EventWords.tsx",
  "features/taps/EventsTable.tsx",
  "features/taps/JustHappened.tsx",
];

type Graph = Map<string, string[]>;

function breachOf(from: string, to: string): string | null {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === target) return null;
  const isFeature = target.startsWith("features/");
  if (room === "ui") {
    if (target === "platform" && WORDS_FOR_UI.some((each) => each.test(to))) return null;
    return "ui knows nothing of Gatebook";
  }
  if (room === "platform") return "platform knows neither ui nor features nor app";
  if (room.startsWith("features/") && target === "app") return "a feature does not know the frame";
  if (room.startsWith("features/") && isFeature && !PUBLIC.test(to) && !SHARED.includes(to)) {
    return "features meet in data, words and slots";
  }
  if (room === "app" && isFeature && !/^features\/\w+\/page\.ts$/.test(to)) return "the frame knows of a feature its page.ts";
  return null;
}

/** A way through a graph that ends where it began, if there is one. */
function circleIn(graph: Graph): string[] | null {
  const state = new Map<string, "open" | "done">();
  const way: string[] = [];
  const walk = (at: string): string[] | null => {
    if (state.get(at) === "done") return null;
    if (state.get(at) === "open") return [...way.slice(way.indexOf(at)), at];
    state.set(at, "open");
    way.push(at);
    for (const next of graph.get(at) ?? []) {
      const circle = walk(next);
      if (circle) return circle;
    }
    way.pop();
    state.set(at, "done");
    return null;
  };
  for (const at of graph.keys()) {
    const circle = walk(at);
    if (circle) return circle;
  }
  return null;
}

function reachedFrom(start: string, graph: Graph): Set<string> {
  const reached = new Set([start]);
  for (const each of reached) for (const next of graph.get(each) ?? []) reached.add(next);
  return reached;
}

/** A feature that shows another's components loads its words with its own. */
function wordlessIn(graph: Graph): string[] {
  const breaches: string[] = [];
  for (const [from, all] of graph) {
    const [room] = [roomOf(from)];
    for (const to of all) {
      if (!SHARED.includes(to) || roomOf(to) === room || !graph.get(to)?.includes(`${roomOf(to)}/words.ts`)) continue;
      if (!graph.get(`${room}/words.ts`)?.includes(`${roomOf(to)}/words.ts`)) {
        breaches.push(`${room}/words.ts lacks the words of ${roomOf(to)}, whose ${to} it shows`);
      }
    }
  }
  return [...new Set(breaches)];
}

export function breachesIn(sources: readonly Source[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const isThere = (path: string) => paths.has(path);
  const graph: Graph = new Map(sources.map((each) => [each.path, importsOf(each, isThere)]));
  const breaches: string[] = [];
  for (const [from, all] of graph) {
    for (const to of all) {
      const breach = breachOf(from, to);
      if (breach) breaches.push(`${from} imports ${to}: ${breach}`);
    }
    if (roomOf(from) !== "ui") continue;
    const data = DATA.find((each) => reachedFrom(from, graph).has(each));
    if (data) breaches.push(`${from} reaches ${data}: ui reads no data`);
  }
  breaches.push(...wordlessIn(graph));
  const ofFiles = circleIn(graph);
  if (ofFiles) breaches.push(`circle of files: ${ofFiles.join(" > ")}`);
  const rooms: Graph = new Map();
  for (const [from, all] of graph) {
    const targets = all.map(roomOf).filter((room) => room !== roomOf(from));
    rooms.set(roomOf(from), [...(rooms.get(roomOf(from)) ?? []), ...targets]);
  }
  const ofRooms = circleIn(rooms);
  if (ofRooms) breaches.push(`circle of folders: ${ofRooms.join(" > ")}`);
  return breaches;
}
