import { Page } from "../components/Page";
import { CalendarLinks } from "../components/CalendarLinks";
import { useOwnPerson } from "../data/people";
import { session } from "../data/session";
import { t } from "../i18n";
import { OrganizationsPanel } from "./profile/OrganizationsPanel";
import { PasswordForm } from "./profile/PasswordForm";
import { SessionsPanel } from "./profile/SessionsPanel";
import { YouForm } from "./profile/YouForm";

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
