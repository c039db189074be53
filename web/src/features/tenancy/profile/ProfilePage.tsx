import { Page } from "../../../ui/Page";
import { profilePanels as ProfilePanels } from "../slots";
import { session } from "../../../platform/session";
import { t } from "../words";
import { OrganizationsPanel } from "./OrganizationsPanel";
import { PasswordForm } from "./PasswordForm";
import { SessionsPanel } from "./SessionsPanel";
import { YouForm } from "./YouForm";

export function ProfilePage() {
  return (
    <Page title={t("profile.title")} lead={session.value?.user.email}>
      <div class="stack settings">
        <YouForm />
        <ProfilePanels />
        <OrganizationsPanel />
        <PasswordForm />
        <SessionsPanel />
      </div>
    </Page>
  );
}
