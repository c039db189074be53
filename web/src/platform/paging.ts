/** Lists by name: pages by (name, id), which an index serves however long the list is. */
import { unwrapCounted } from "./client";
import { PAGE_SIZE, type Page } from "./pages";
import { quoted } from "./postgrest";

interface Row {
  id: string;
  name: string;
}

// The builder's own type differs from table to table; what is used of it does not.
interface Filterable extends PromiseLike<unknown> {
  or(filter: string): this;
  order(column: string): this;
  limit(count: number): this;
}

/** Adds order, limit and where to go on to a query of a table with id and name. */
export async function pageByName<T extends Row>(query: unknown, after: T | undefined): Promise<Page<T>> {
  let request = (query as Filterable).order("name").order("id").limit(PAGE_SIZE);
  if (after) {
    request = request.or(`name.gt.${quoted(after.name)},and(name.eq.${quoted(after.name)},id.gt.${after.id})`);
  }
  const { data, count } = await unwrapCounted(request as unknown as Parameters<typeof unwrapCounted>[0]);
  return { rows: data as T[], ...(after ? {} : { count }) };
}
