import { Archive, ArchiveRestore } from "lucide-preact";
import { useRoute } from "preact-iso";
import { actAtOnce } from "../../ui/act";
import { When } from "../../platform/Ago";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { EventsTable } from "../taps/EventsTable";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { useSubmit } from "../../ui/useSubmit";
import { useHomeOf } from "../../platform/home";
import { useMayChange } from "../book/data/people";
import { archiveTag, useAssignments, useTag, type Tag } from "./data";
import { t, tx } from "./words";
import { spacedUid } from "../../platform/text";
import { TagForm } from "./TagForm";
import { Seen } from "./TagsPage";

export function TagPage() {
  const id = useRoute().params["id"]!;
  const { data: tag, problem, reload } = useTag(id);
  const mayChange = useMayChange(tag?.person_id ?? null);
  useHomeOf(tag);
  return (
    <Page
      title={tag ? (tag.label ?? spacedUid(tag.uid)) : t("search.tag")}
      parent={{ href: "/tags", title: t("tags.title") }}
      actions={tag && mayChange && <ArchiveButton tag={tag} />}
    >
      <ProblemNotice problem={problem} retry={() => void reload()} />
      {!tag ? (
        !problem && <SkeletonRows />
      ) : (
        <div class="stack-loose">
          <div class="two">
            <TagForm key={tag.id} tag={tag} />
            <section class="panel">
              <div class="panel-body stack">
                <dl class="definition">
                  <dt>{t("tags.number")}</dt>
                  <dd class="mono">{spacedUid(tag.uid)}</dd>
                  <dt>{t("tags.type")}</dt>
                  <dd>{tag.tag_type ?? "–"}</dd>
                  <dt>{t("tags.seen")}</dt>
                  <dd>
                    <Seen tag={tag} />
                  </dd>
                </dl>
                <Assignments tagId={tag.id} />
              </div>
            </section>
          </div>
          <section class="stack-tight">
            <h2>{t("tags.events")}</h2>
            <EventsTable filter={{ tagId: tag.id }} empty={<Empty picture="reader" title={t("events.empty")} />} />
          </section>
        </div>
      )}
    </Page>
  );
}

function ArchiveButton({ tag }: { tag: Tag }) {
  const isArchived = tag.archived_at !== null;
  const { submit, isBusy } = useSubmit(() =>
    actAtOnce({
      act: () => archiveTag(tag.id, !isArchived),
      said: t(isArchived ? "projects.restored" : "projects.archived"),
      undo: () => archiveTag(tag.id, isArchived),
    }),
  );
  return (
    <Button icon={isArchived ? ArchiveRestore : Archive} busy={isBusy} onClick={submit}>
      {t(isArchived ? "common.restore" : "common.archive")}
    </Button>
  );
}

function Assignments({ tagId }: { tagId: string }) {
  const { data } = useAssignments(tagId);
  if (!data?.length) return null;
  return (
    <div class="stack-tight">
      <h3>{t("tags.history")}</h3>
      <ol class="history">
        {data.map((each) => {
          const isEver = !/^\d{4}-/.test(each.valid_from) || Date.parse(each.valid_from) < 86_400_000;
          return (
            <li key={each.id}>
              {[each.person?.name, each.project?.name].filter(Boolean).join(" · ") || t("tags.none")}{" "}
              <span class="faint">
                {isEver ? t("tags.sinceEver") : tx("tags.since", { when: <When at={each.valid_from} /> })}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
