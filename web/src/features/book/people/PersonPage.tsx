import { CalendarRange, CircleDot, Pencil } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Avatar } from "../../../ui/Avatar";
import { Button } from "../../../ui/Button";
import { CalendarLinks } from "../../time/calendar/CalendarLinks";
import { EntriesTable } from "../../time/entry/EntriesTable";
import { Notice } from "../../../ui/Notice";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { State } from "../../../ui/State";
import { toast } from "../../../ui/Toasts";
import { useHomeOf } from "../../../platform/home";
import { usePerson } from "../data/people";
import { may, session, zone } from "../../../platform/session";
import { usePresentNow } from "../../time/data/entries";
import { formatLocale, t } from "../../../platform/i18n";
import { formatTime } from "../../../platform/format";
import { AccountPanel } from "./AccountPanel";
import { PersonActions } from "./PersonActions";
import { PersonDetails } from "./PersonDetails";
import { PersonDialog } from "./PersonDialog";
import { PersonTags } from "../../tags/PersonTags";

export function PersonPage() {
  const id = useRoute().params["id"]!;
  const { data: person, problem, reload } = usePerson(id);
  useHomeOf(person);
  const [isEditing, setEditing] = useState(false);
  const since = usePresentNow().data?.find(({ person_id }) => person_id === id)?.since;
  const isOwn = person?.user_id === session.value?.user.id;
  const mayEdit = may("operator");
  return (
    <Page
      title={person?.name ?? t("people.one")}
      parent={may("viewer") ? { href: "/people", title: t("people.title") } : undefined}
      beside={
        person && (
          <>
            <Avatar name={person.name} />
            {since && (
              <State meaning="running" icon={CircleDot} chip>
                {t("people.inSince", { time: formatTime(formatLocale(), since, zone.value) })}
              </State>
            )}
          </>
        )
      }
      actions={
        person && (
          <>
            <Button icon={CalendarRange} href={`/timesheet?view=month&person=${id}`}>
              {t("nav.timesheet")}
            </Button>
            {mayEdit && !person.erased_at && (
              <Button icon={Pencil} onClick={() => setEditing(true)}>
                {t("common.edit")}
              </Button>
            )}
            {mayEdit && <PersonActions person={person} />}
          </>
        )
      }
    >
      <ProblemNotice problem={problem} retry={() => void reload()} />
      {!person ? (
        !problem && <SkeletonRows />
      ) : (
        <div class="stack-loose">
          {person.archived_at && <Notice>{t(person.erased_at ? "people.isErased" : "people.isArchived")}</Notice>}
          <div class="columns">
            <div class="stack">
              <PersonDetails person={person} />
              <PersonTags personId={id} />
            </div>
            <div class="stack">
              {may("viewer") && <AccountPanel person={person} />}
              {(isOwn || mayEdit) && !person.archived_at && <CalendarLinks personId={id} isOwn={isOwn} />}
            </div>
          </div>
          <section class="stack-tight">
            <h2>{t("people.entries")}</h2>
            <EntriesTable filter={{ personId: id }} hides="person" />
          </section>
        </div>
      )}
      {isEditing && person && (
        <PersonDialog person={person} onSaved={() => toast(t("people.saved"))} onClose={() => setEditing(false)} />
      )}
    </Page>
  );
}
