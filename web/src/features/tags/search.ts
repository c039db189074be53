import { Tag } from "lucide-preact";
import { db, unwrap } from "../../platform/client";
import { FOUND_EACH, type Finder } from "../../platform/feature";
import { quotedPattern } from "../../platform/postgrest";
import { organizationId } from "../../platform/session";
import { likePattern, uidPart } from "../../platform/text";
import { t } from "./words";

export const finders: Finder[] = [
  {
    rank: 3,
    find: async (text) => {
      const part = uidPart(text);
      const byUid = part ? `,uid.like.%${part}%` : "";
      const tags = await unwrap(
        db()
          .from("tags")
          .select("id, label, uid")
          .eq("organization_id", organizationId.peek())
          .or(`label.ilike.${quotedPattern(likePattern(text))}${byUid}`)
          .order("label")
          .limit(FOUND_EACH),
      );
      return tags.map(({ id, label, uid }) => ({
        id,
        name: label || uid,
        href: `/tags/${id}`,
        icon: Tag,
        kind: t("search.tag"),
      }));
    },
  },
];
