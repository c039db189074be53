import { Page } from "../../../ui/Page";
import { CalendarLinks } from "../../time/calendar/CalendarLinks";
import { useOwnPerson } from "../../book/data/people";
import { session } from "../../../platform/session";
import { t } from "../../../platform/i18n";
import { OrganizationsPanel } from "./OrganizationsPanel";
import { PasswordForm } from "./PasswordForm";
import { SessionsPanel } from "./SessionsPanel";
import { YouForm } from "./YouForm";

export function ProfilePage() {
  const own = useOwnPerson(session.value?.user.id).data;
  return (
    <Page title={t("profile.title")} lead={session.value?.user.email}>
      <div class="stack settings">
        <YouForm />
        {own && !own.archived_at && <CalendarLinks personId={own.id} isOwn />}
        <OrganizationsPanel />
        <PasswordForm />
        <SessionsPanel />
      </div>
    </Page>
  );
}
