import type { ComponentChildren } from "preact";
import type { AuditLine } from "./data";
import { tMaybe } from "../../platform/i18n";
import { t, tx } from "./words";
import { actOf, changesOf, nameIn } from "./changes";
import { fieldWords, valueWords } from "./values";

interface AuditSentenceProps {
  line: AuditLine;
  names: Record<string, string>;
}

/** Where a row has a page of its own. */
const HREF: Record<string, string> = {
  people: "/people/",
  projects: "/projects/",
  devices: "/devices/",
  tags: "/tags/",
  time_entries: "/entries/",
};

/** Who did what, as a sentence: "Mira archived the person Jonas Weber". */
export function AuditSentence({ line, names }: AuditSentenceProps) {
  const act = actOf(line);
  const message = [`audit.${line.table_name}.${act}`, `audit.act.${act}`].find((id) => tMaybe(id) !== undefined);
  const parts: Record<string, ComponentChildren> = {
    who: <strong>{actorName(line, names)}</strong>,
    what: <What line={line} names={names} />,
    fields: changesOf(line)
      .map(({ field }) => fieldWords(field))
      .join(", "),
    role: valueWords("role", line.after?.["role"] ?? null, names),
    meaning:
      ["person_id", "project_id"].map(nameOf).filter(Boolean).join(" · ") || t("audit.nobody"),
    tag: nameOf("tag_id"),
    reader: nameOf("device_id"),
    account: String(line.after?.["email"] ?? line.before?.["email"] ?? ""),
    act: line.action,
  };
  return <>{tx((message ?? "audit.act.other") as "audit.act.other", parts)}</>;

  function nameOf(field: string): string | null {
    const id = line.after?.[field] ?? line.before?.[field];
    return typeof id === "string" ? (names[id] ?? t("audit.gone")) : null;
  }
}

function actorName(line: AuditLine, names: Record<string, string>): string {
  if (line.actor_kind === "system") return "Gatebook";
  return (line.actor_id && names[line.actor_id]) || t(line.actor_kind === "device" ? "audit.aReader" : "audit.formerMember");
}

function What({ line, names }: AuditSentenceProps) {
  const kind = tMaybe(`audit.what.${line.table_name}`) ?? line.table_name.replaceAll("_", " ");
  const row = line.after ?? line.before ?? {};
  // Keys, links and entries are known by whose they are.
  const owner = ["person_id", "device_id"].map((field) => row[field]).find((id) => typeof id === "string") as
    | string
    | undefined;
  const own = line.table_name === "time_entries" ? null : nameIn(line);
  const name = own ?? (owner && names[owner]) ?? (line.table_name === "people" ? names[line.row_id] : undefined);
  const href = HREF[line.table_name];
  const isThere = line.after !== null;
  return (
    <>
      {kind} {name && (href && isThere ? <a href={`${href}${line.row_id}`}>{name}</a> : <span class="strong">{name}</span>)}
    </>
  );
}
