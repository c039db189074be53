/** Pages of a list by key, which an index serves however long the list is. */
import { unwrapCounted, type Answer } from "./client";
import { PAGE_SIZE, type Page } from "./paged-list";
import { quoted } from "./postgrest";

/** A list's order: by a column, then by id; or by the id alone, the newest first. */
export interface Order {
  by: string;
  newestFirst?: boolean;
  /** The id goes down, too: it grows with time. */
  idsGrow?: boolean;
}

type Row = { id: string | number };

/** As much of a request as is used here. Its own type differs from table to table. */
interface Pageable<Found> extends PromiseLike<Answer<Found[] | null>> {
  or: (filter: string) => this;
  order: (column: string, options?: { ascending?: boolean }) => this;
  limit: (count: number) => this;
}

/** The filter for what comes after a row in an order. */
export function after({ by, newestFirst, idsGrow }: Order, row: Row): string {
  if (by === "id") return `id.${newestFirst ? "lt" : "gt"}.${row.id}`;
  const value = quoted(String((row as Record<string, unknown>)[by]));
  return `${by}.${newestFirst ? "lt" : "gt"}.${value},and(${by}.eq.${value},id.${idsGrow ? "lt" : "gt"}.${row.id})`;
}

/** The rows of a request in an order, after the last one there is. */
export function inOrder<Query extends Pageable<unknown>>(query: Query, order: Order, last?: Row, size = PAGE_SIZE): Query {
  const first = query.order(order.by, { ascending: !order.newestFirst });
  const sorted = order.by === "id" ? first : first.order("id", { ascending: !order.idsGrow });
  return (last ? sorted.or(after(order, last)) : sorted).limit(size);
}

/** The next page. The first one says how many there are in all, where the request counts them. */
export async function keyPage<Found>(query: Pageable<Found>, order: Order, last: Row | undefined): Promise<Page<Found>> {
  const { data, count } = await unwrapCounted(inOrder(query, order, last));
  return { rows: data, ...(last ? {} : { count }) };
}

/** What a request for a page asks for: only the first one counts. */
export const counting = (last: unknown): { count?: "exact" } => (last ? {} : { count: "exact" });

export const BY_NAME: Order = { by: "name" };
export const BY_ID: Order = { by: "id", newestFirst: true };
