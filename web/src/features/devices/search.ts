import { Nfc } from "lucide-preact";
import { db, unwrap } from "../../platform/client";
import { FOUND_EACH, type Finder } from "../../platform/feature";
import { organizationId } from "../../platform/session";
import { likePattern } from "../../platform/text";
import { t } from "./words";

export const finders: Finder[] = [
  {
    rank: 2,
    find: async (text) => {
      const devices = await unwrap(
        db()
          .from("devices")
          .select("id, name")
          .eq("organization_id", organizationId.peek())
          .ilike("name", likePattern(text))
          .order("name")
          .limit(FOUND_EACH),
      );
      return devices.map(({ id, name }) => ({ id, name, href: `/devices/${id}`, icon: Nfc, kind: t("search.device") }));
    },
  },
];
