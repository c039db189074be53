import { Nfc } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { When } from "../../platform/Ago";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ListFoot } from "../../ui/ListFoot";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { ProjectName } from "../book/ProjectName";
import { SearchInput } from "../../ui/SearchInput";
import { SkeletonRows } from "../../ui/Skeleton";
import { Tabs } from "../../ui/Tabs";
import { useNewShortcut } from "../../ui/useNewShortcut";
import { may } from "../../platform/session";
import { useTagPages, useUnassignedCount, type Tag, type TagKind } from "./data";
import { t, tx } from "./words";
import { spacedUid } from "../../platform/text";
import { WaitForTapDialog } from "./WaitForTapDialog";
import { Table } from "../../ui/Table";

/** Whose tag is this? Those that nobody has come first. */
export function TagsPage() {
  const { query } = useLocation();
  const wanted = query["show"];
  const kind: TagKind = wanted === "assigned" || wanted === "archived" ? wanted : "unassigned";
  const [text, setText] = useState("");
  const [isWaiting, setWaiting] = useState(false);
  const pages = useTagPages({ kind, text }, kind === "unassigned" ? 5000 : undefined);
  const unassigned = useUnassignedCount().data;
  useNewShortcut(() => setWaiting(true), may("operator"));
  const tap = may("operator") && (
    <Button variant="primary" icon={Nfc} onClick={() => setWaiting(true)}>
      {t("tags.tap")}
    </Button>
  );
  return (
    <Page title={t("tags.title")} actions={tap}>
      <div class="stack">
        <Tabs
          label={t("tags.title")}
          current={kind}
          tabs={[
            { id: "unassigned", href: "/tags", title: t("tags.unassigned"), count: unassigned },
            { id: "assigned", href: "/tags?show=assigned", title: t("tags.assigned") },
            { id: "archived", href: "/tags?show=archived", title: t("tags.archived") },
          ]}
        />
        <SearchInput label={t("tags.search")} onValue={setText} />
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel" aria-label={t(`tags.${kind}`)}>
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length === 0 ? (
            text ? (
              <Empty picture="search" title={t("frame.nothingFound")} />
            ) : (
              <Empty
                picture="tag"
                title={t(
                  kind === "unassigned" ? "tags.empty" : kind === "assigned" ? "tags.emptyAssigned" : "tags.emptyArchived",
                )}
                action={kind !== "archived" && tap}
              >
                {kind !== "archived" && t("tags.emptyText")}
              </Empty>
            )
          ) : (
            <TagTable rows={pages.rows} isUnassigned={kind === "unassigned"} />
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {isWaiting && <WaitForTapDialog onClose={() => setWaiting(false)} />}
    </Page>
  );
}

function TagTable({ rows, isUnassigned }: { rows: Tag[]; isUnassigned: boolean }) {
  return (
    <Table
      caption={t("tags.title")}
      columns={[
        { title: t("tags.number") },
        { title: t("tags.label") },
        { title: t("tags.person") },
        { title: t("tags.project") },
        { title: t("tags.seen") },
        {},
      ]}
      hover
      cards
    >
      {rows.map((tag) => (
        <tr key={tag.id}>
          <td>
            <a class="row-link mono" href={`/tags/${tag.id}`}>
              {spacedUid(tag.uid)}
            </a>
          </td>
          <td>{tag.label}</td>
          {!isUnassigned && <td>{tag.person && <a href={`/people/${tag.person.id}`}>{tag.person.name}</a>}</td>}
          {!isUnassigned && (
            <td>{tag.project && <ProjectName name={tag.project.name} colour={tag.project.color} />}</td>
          )}
          <td class="soft">
            <Seen tag={tag} />
          </td>
          {isUnassigned && (
            <td class="end card-corner">
              {may("operator") && (
                <Button small href={`/tags/${tag.id}`}>
                  {t("tags.assign")}
                </Button>
              )}
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

export function Seen({ tag }: { tag: Pick<Tag, "first_seen_at" | "device"> }) {
  if (!tag.first_seen_at) return <>{t("tags.never")}</>;
  const when = <When at={tag.first_seen_at} />;
  if (!tag.device) return when;
  return <>{tx("tags.seenAt", { when, device: <a href={`/devices/${tag.device.id}`}>{tag.device.name}</a> })}</>;
}
