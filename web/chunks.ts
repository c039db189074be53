/** Which file a module goes into, so that each page comes with what it needs and little else. */
import { basename, dirname } from "node:path";

/** As much of Rollup's graph as is asked here. */
export interface Graph {
  getModuleInfo: (id: string) => { importers: readonly string[]; dynamicImporters: readonly string[]; isEntry: boolean } | null;
}

/** The page that opens first: what it shares with others comes with the frame, since a request costs more. */
const FIRST_PAGE = "/features/time/today/TodayPage.tsx";

const FEATURE = /\/src\/features\/(\w+)\//;

/** The entry and the lazily loaded modules that cannot run without a module. */
function usersOf(id: string, graph: Graph, seen: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const known = seen.get(id);
  if (known) return known;
  const users = new Set<string>();
  const reached = new Set([id]);
  for (const each of reached) {
    const info = graph.getModuleInfo(each);
    if (!info) continue;
    if (info.isEntry || info.dynamicImporters.length > 0) users.add(each);
    for (const importer of info.importers) reached.add(importer);
  }
  seen.set(id, users);
  return users;
}

/** Names a module's file; a module that only one page uses goes with that page. */
export function chunksOf(): (id: string, graph: Graph) => string | undefined {
  const seen = new Map<string, ReadonlySet<string>>();
  return (id, graph) => {
    const users = [...usersOf(id, graph, seen)];
    const isFirst = users.some((user) => graph.getModuleInfo(user)?.isEntry);
    if (isFirst) return "frame";
    if (users.length < 2) return undefined;
    if (users.some((user) => user.endsWith(FIRST_PAGE))) return "frame";
    const features = new Set(users.map((user) => FEATURE.exec(user)?.[1]));
    const [only] = features;
    return features.size === 1 && only ? only : "shared";
  };
}

/** Files of words are named after their room: `time.words.en`. */
export function nameOf({ facadeModuleId, name }: { facadeModuleId: string | null; name: string }): string {
  const room = facadeModuleId && /words\.\w+\.json$/.test(facadeModuleId) ? `${basename(dirname(facadeModuleId))}.` : "";
  return `assets/${room}${name}-[hash].js`;
}
