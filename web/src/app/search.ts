import { FolderKanban, Nfc, Tag, UserRound, type LucideIcon } from "lucide-preact";
import { likePattern, uidPart } from "../platform/text";
import { db, unwrap } from "../platform/client";
import { organizationId } from "../platform/session";

export interface Found {
  id: string;
  kind: "page" | "person" | "device" | "tag" | "project";
  name: string;
  href: string;
  icon: LucideIcon;
}

const EACH = 6;

/** The first few of each kind whose name holds the text. */
export async function searchEverything(text: string): Promise<Found[]> {
  const like = likePattern(text);
  const uid = uidPart(text);
  const byUid = uid ? `,uid.like.%${uid}%` : "";
  const organization = organizationId.peek();
  const [people, devices, tags, projects] = await Promise.all([
    unwrap(
      db().from("people").select("id, name").eq("organization_id", organization).is("archived_at", null)
        .ilike("name", like).order("name").limit(EACH),
    ),
    unwrap(
      db().from("devices").select("id, name").eq("organization_id", organization)
        .ilike("name", like).order("name").limit(EACH),
    ),
    unwrap(
      db().from("tags").select("id, label, uid").eq("organization_id", organization)
        .or(`label.ilike.${quotedPattern(like)}${byUid}`).order("label").limit(EACH),
    ),
    unwrap(
      db().from("projects").select("id, name").eq("organization_id", organization).is("archived_at", null)
        .ilike("name", like).order("name").limit(EACH),
    ),
  ]);
  return [
    ...people.map(({ id, name }) => ({ id, name, kind: "person" as const, href: `/people/${id}`, icon: UserRound })),
    ...devices.map(({ id, name }) => ({ id, name, kind: "device" as const, href: `/devices/${id}`, icon: Nfc })),
    ...tags.map(({ id, label, uid: number }) => ({
      id,
      name: label || number,
      kind: "tag" as const,
      href: `/tags/${id}`,
      icon: Tag,
    })),
    ...projects.map(({ id, name }) => ({
      id,
      name,
      kind: "project" as const,
      href: `/projects/${id}`,
      icon: FolderKanban,
    })),
  ];
}

/** A value inside or=(…) is quoted, or its commas and brackets would be syntax. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, "\\$&")}"`;

/** As quoted, for like and ilike, where the embedded Supabase takes quotes for a part of the pattern. */
export const quotedPattern = (pattern: string): string => (/[,()"]/.test(pattern) ? quoted(pattern) : pattern);
