import { db } from "../../platform/client";
import { usePages } from "../../platform/pages";
import { BY_NAME, counting, keyPage } from "../../platform/paging";

export function useEmptyPages() {
  return usePages<{ id: string }>("empty:", (after) =>
    keyPage(db().from("places").select("id, name", counting(after)), BY_NAME, after),
  );
}
