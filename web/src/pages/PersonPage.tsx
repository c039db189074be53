import { CalendarRange, CircleDot, Pencil } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Avatar } from "../components/Avatar";
import { Button } from "../components/Button";
import { CalendarLinks } from "../components/CalendarLinks";
import { EntriesTable } from "../components/EntriesTable";
import { Notice } from "../components/Notice";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { SkeletonRows } from "../components/Skeleton";
import { State } from "../components/State";
import { toast } from "../components/Toasts";
import { useHomeOf } from "../data/home";
import { usePerson } from "../data/people";
import { may, session, zone } from "../data/session";
import { usePresentNow } from "../data/time";
import { formatLocale, t } from "../i18n";
import { formatTime } from "../lib/format";
import { AccountPanel } from "./people/AccountPanel";
import { PersonActions } from "./people/PersonActions";
import { PersonDetails } from "./people/PersonDetails";
import { PersonDialog } from "./people/PersonDialog";
import { PersonTags } from "./people/PersonTags";

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
