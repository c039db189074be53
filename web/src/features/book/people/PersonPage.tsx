import { CalendarRange, Pencil } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Avatar } from "../../../ui/Avatar";
import { Button } from "../../../ui/Button";
import { Notice } from "../../../ui/Notice";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { toast } from "../../../ui/Toasts";
import { useHomeOf } from "../../../platform/home";
import { usePerson } from "../data/people";
import { may, session } from "../../../platform/session";
import { t } from "../words";
import { AccountPanel } from "./AccountPanel";
import { PersonActions } from "./PersonActions";
import { PersonDetails } from "./PersonDetails";
import { PersonDialog } from "./PersonDialog";
import {
  personEntries as PersonEntries,
  personLinks as PersonLinks,
  personNow as PersonNow,
  personThings as PersonThings,
} from "../slots";
import "./people.css";

export function PersonPage() {
  const id = useRoute().params["id"]!;
  const { data: person, problem, reload } = usePerson(id);
  useHomeOf(person);
  const [isEditing, setEditing] = useState(false);
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
            <PersonNow personId={id} chip />
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
              <PersonThings personId={id} />
            </div>
            <div class="stack">
              {may("viewer") && <AccountPanel person={person} />}
              {(isOwn || mayEdit) && !person.archived_at && <PersonLinks personId={id} isOwn={isOwn} />}
            </div>
          </div>
          <PersonEntries personId={id} />
        </div>
      )}
      {isEditing && person && (
        <PersonDialog person={person} onSaved={() => toast(t("people.saved"))} onClose={() => setEditing(false)} />
      )}
    </Page>
  );
}
