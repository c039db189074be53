import { Plus } from "lucide-preact";
import { useLocation, useRoute } from "preact-iso";
import { useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { AddEntryDialog } from "../entry/AddEntryDialog";
import { EntryEditor } from "../entry/EntryEditor";
import { Notice } from "../../../ui/Notice";
import { Page } from "../../../ui/Page";
import { Picker } from "../../../ui/Picker";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { RangeNav } from "../../../ui/RangeNav";
import { SkeletonRows } from "../../../ui/Skeleton";
import { useNewShortcut } from "../../../ui/useNewShortcut";
import { useHomeOf } from "../../../platform/home";
import { choosePeople, useOwnPerson, usePerson } from "../../book/data/people";
import type { Choice } from "../../../ui/Picker";
import { may, organizationZone, session } from "../../../platform/session";
import { MOST_ENTRIES_OF_DAY, useEntriesOfDay, useEntry, type Entry } from "../data/entries";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { nowSlow } from "../../../platform/clock";
import { addDays, dayBounds, isDay, today } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatDay } from "../../../platform/format";
import { lanesOf } from "./lanes";
import { NotFoundPage } from "../../../ui/NotFoundPage";
import { Lanes } from "./Lanes";
import "./day.css";

/** Is that entry right? */
export function DayPage() {
  const { params, query } = useRoute();
  const { route } = useLocation();
  const day = params["day"];
  const isValid = isDay(day);
  const zone = organizationZone.value;
  const nowDay = today(zone, nowSlow.value);
  const shownDay = isValid ? day : nowDay;
  const personId = query["person"] || undefined;
  const projectId = query["project"] || undefined;
  const selectedId = query["entry"] || undefined;
  const found = usePerson(personId ?? null).data;
  const person: Choice | null = personId ? { id: personId, name: found?.name ?? "…" } : null;
  const own = useOwnPerson(session.value?.user.id).data;
  const entries = useEntriesOfDay(shownDay, { personId, projectId });
  const bounds = useMemo(() => dayBounds(shownDay, zone), [shownDay, zone]);
  const lanes = useMemo(
    () => lanesOf(entries.data ?? [], bounds, nowSlow.value),
    [entries.data, bounds, nowSlow.value],
  );
  const [adding, setAdding] = useState<{ person: Choice | null; gap?: { start: number; end: number } }>();
  const { selected, hold } = useSelected(entries.data, selectedId);
  const elsewhere = useEntry(entries.data && selectedId && !selected ? selectedId : null).data;
  useHomeOf(found ?? elsewhere);
  const mayAdd = may("operator") || own != null;
  useNewShortcut(() => setAdding({ person }), mayAdd);
  if (!isValid) return <NotFoundPage />;

  const go = (changes: { day?: string; person?: string | undefined; entry?: string | undefined }) => {
    const next = { person: personId, project: projectId, entry: undefined, day, ...changes };
    const parameters = new URLSearchParams();
    for (const name of ["person", "project", "entry"] as const) if (next[name]) parameters.set(name, next[name]);
    const text = parameters.toString();
    route(`/timesheet/${next.day}${text ? `?${text}` : ""}`, true);
  };
  const isCut = (entries.data?.length ?? 0) > MOST_ENTRIES_OF_DAY;
  const total = lanes.reduce((sum, lane) => sum + lane.seconds, 0);

  return (
    <Page
      title={formatDay(formatLocale(), day, "full")}
      parent={{ href: `/timesheet?day=${day}${personId ? `&person=${personId}` : ""}`, title: t("ts.title") }}
      actions={
        mayAdd && (
          <Button variant="primary" icon={Plus} onClick={() => setAdding({ person })}>
            {t("day.add")}
          </Button>
        )
      }
    >
      <div class="filters">
        <RangeNav
          title={t("day.inAll", { time: formatDuration(total) })}
          now={t("ts.today")}
          onEarlier={() => go({ day: addDays(day, -1) })}
          onLater={() => go({ day: addDays(day, 1) })}
          onNow={() => go({ day: nowDay })}
        />
        <span class="grow" />
        {may("viewer") && (
          <Picker
            label={t("ts.person")}
            placeholder={t("ts.everybody")}
            value={person}
            onValue={(choice) => go({ person: choice?.id })}
            search={choosePeople}
          />
        )}
      </div>
      <ProblemNotice problem={entries.problem} retry={() => void entries.reload()} />
      {isCut && <Notice kind="attention">{t("day.cut", { count: MOST_ENTRIES_OF_DAY })}</Notice>}
      <div class="day">
        <section class="panel" aria-label={formatDay(formatLocale(), day, "full")}>
          {!entries.data ? (
            !entries.problem && <SkeletonRows rows={5} />
          ) : lanes.length === 0 ? (
            <Empty
              picture="calendar"
              title={t("day.empty")}
              action={
                mayAdd && (
                  <Button variant="primary" icon={Plus} onClick={() => setAdding({ person })}>
                    {t("day.add")}
                  </Button>
                )
              }
            >
              {t("day.emptyText")}
            </Empty>
          ) : (
            <Lanes
              lanes={lanes}
              bounds={bounds}
              selectedId={selectedId}
              onSelect={(id) => go({ entry: id })}
              onGap={(lane, gap) =>
                setAdding({ person: lane.personId ? { id: lane.personId, name: lane.name ?? "" } : null, gap })
              }
              ownPersonId={own?.id}
            />
          )}
        </section>
        <div class="day-side">
          {selected ? (
            <EntryEditor key={selected.id} entry={selected} onHold={hold} onClose={() => go({})} />
          ) : (
            lanes.length > 0 && (
              <div class="panel panel-body stack-tight">
                <p class="strong">{t("day.pick")}</p>
                <p class="soft">{t("day.pickHint")}</p>
              </div>
            )
          )}
        </div>
      </div>
      {adding && (
        <AddEntryDialog
          day={day}
          {...adding}
          onAdded={(id) => go({ entry: id })}
          onClose={() => setAdding(undefined)}
        />
      )}
    </Page>
  );
}

/** The entry that is looked at. While something about it is typed it stays, though it may have left the day. */
function useSelected(entries: Entry[] | undefined, id: string | undefined) {
  const [isHeld, hold] = useState(false);
  const last = useRef<Entry>();
  const found = entries?.find((entry) => entry.id === id);
  if (found) last.current = found;
  const selected = found ?? (isHeld && last.current?.id === id ? last.current : undefined);
  return { selected, hold };
}
