import { useEntryPages, type EntryFilter, type Flag } from "../data/entries";
import { organizationZone, zone } from "../../../platform/session";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { dayOf } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatDay, formatTime } from "../../../platform/format";
import { Empty } from "../../../ui/Empty";
import { FlagWords } from "./FlagWords";
import { ListFoot } from "../../../ui/ListFoot";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { ProjectName } from "../../book/ProjectName";
import { SkeletonRows } from "../../../ui/Skeleton";
import { Table } from "../../../ui/Table";

/** Time entries, newest first; each opens its day. */
export function EntriesTable({ filter, hides }: { filter: EntryFilter; hides: "person" | "project" }) {
  const pages = useEntryPages(filter);
  const locale = formatLocale();
  const time = (at: string) => formatTime(locale, at, zone.value);
  return (
    <div class="stack-tight">
      <ProblemNotice problem={pages.problem} retry={pages.reload} />
      <section class="panel" aria-label={t("people.entries")}>
        {!pages.rows ? (
          !pages.problem && <SkeletonRows />
        ) : pages.rows.length === 0 ? (
          <Empty picture="calendar" title={t("ts.empty")} />
        ) : (
          <Table
            caption={t("people.entries")}
            columns={[
              { title: t("entry.startDay") },
              { title: t("events.time") },
              { title: t(hides === "person" ? "ts.project" : "ts.person") },
              { title: t("ts.flagged"), isHidden: true },
              { title: t("ts.total"), class: "end" },
            ]}
            hover
            cards
          >
            {pages.rows.map((entry) => {
              const day = dayOf(entry.started_at, organizationZone.value);
              const flags: Flag[] = [...entry.flags, ...(entry.is_overlapping ? ["overlapping" as const] : [])];
              const query = entry.person_id ? `?person=${entry.person_id}&entry=${entry.id}` : `?entry=${entry.id}`;
              return (
                <tr key={entry.id}>
                  <td>
                    <a class="row-link" href={`/timesheet/${day}${query}`}>
                      {formatDay(locale, day, "medium")}
                    </a>
                  </td>
                  <td class="number">
                    {time(entry.started_at)}–{entry.ended_at ? time(entry.ended_at) : t("time.now")}
                  </td>
                  <td>
                    {hides === "person" ? (
                      <ProjectName name={entry.project_name} colour={entry.project_color} />
                    ) : (
                      (entry.person_name ?? entry.tag_label ?? t("entry.nobody"))
                    )}
                  </td>
                  <td>
                    <FlagWords flags={flags} />
                  </td>
                  <td class="end number strong card-corner">
                    <span class={entry.is_running ? "state-running" : undefined}>
                      {formatDuration(entry.duration_seconds)}
                    </span>
                  </td>
                </tr>
              );
            })}
          </Table>
        )}
        <ListFoot pages={pages} />
      </section>
    </div>
  );
}
