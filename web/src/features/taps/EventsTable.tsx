import type { ComponentChildren } from "preact";
import { useEvents, type EventFilter, type Tap } from "./data";
import { zone } from "../../platform/session";
import { formatLocale } from "../../platform/i18n";
import { t } from "./words";
import { dayOf } from "../../platform/dates";
import { formatDay, formatExact, formatTimeSeconds } from "../../platform/format";
import { spacedUid } from "../../platform/text";
import { ClockState } from "./ClockState";
import { EventWords } from "./EventWords";
import { ListFoot } from "../../ui/ListFoot";
import { OutcomeWords } from "./OutcomeWords";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { Table } from "../../ui/Table";
import "./taps.css";

/** What readers reported, a heading for each day. */
export function EventsTable({ filter, empty }: { filter: EventFilter; empty: ComponentChildren }) {
  const events = useEvents(filter);
  const { rows, problem, reload } = events;
  return (
    <div class="stack-tight">
      <ProblemNotice problem={problem} retry={reload} />
      <div class="panel">
        {!rows ? !problem && <SkeletonRows /> : rows.length === 0 ? empty : <Rows rows={rows} />}
        <ListFoot pages={events} />
      </div>
    </div>
  );
}

function Rows({ rows }: { rows: Tap[] }) {
  const locale = formatLocale();
  return (
    <div class="table-wrap">
      <Table
        caption={t("events.title")}
        columns={[
          { title: t("events.time") },
          { title: t("events.what") },
          { title: t("events.tag"), class: "wide-only" },
          { title: t("events.outcome") },
        ]}
        hover
      >
        {rows.map((event, at) => {
          const day = dayOf(event.occurred_at, zone.value);
          const before = rows[at - 1];
          const isNewDay = !before || dayOf(before.occurred_at, zone.value) !== day;
          return (
            <>
              {isNewDay && (
                <tr key={`${event.id}-day`} class="row-group">
                  <th scope="rowgroup" colSpan={4}>
                    {formatDay(locale, day, "full")}
                  </th>
                </tr>
              )}
              <tr key={event.id}>
                <td class="tight">
                  <time
                    class="number soft"
                    dateTime={event.occurred_at}
                    title={formatExact(locale, event.occurred_at, zone.value)}
                  >
                    {formatTimeSeconds(locale, event.occurred_at, zone.value)}
                  </time>
                </td>
                <td>
                  <EventWords event={event} />
                </td>
                <td class="wide-only tight">
                  <a class="mono soft" href={`/tags/${event.tag_id}`}>
                    {spacedUid(event.tag_uid)}
                  </a>
                </td>
                <td>
                  <div class="cluster">
                    <OutcomeWords tap={event} />
                    <ClockState event={event} />
                  </div>
                </td>
              </tr>
            </>
          );
        })}
      </Table>
    </div>
  );
}
