import { Check } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { LeaveDialog } from "../LeaveDialog";
import { State } from "../../../ui/State";
import { chooseOrganization, memberships, organizationId, type Membership } from "../../../platform/session";
import { t } from "../words";

/** Where one is a member: to go there, or to leave. */
export function OrganizationsPanel() {
  const [leaving, setLeaving] = useState<Membership>();
  const { route } = useLocation();
  return (
    <section class="panel" aria-labelledby="organizations-title">
      <div class="panel-head">
        <h2 id="organizations-title">{t("frame.organizations")}</h2>
      </div>
      <ul class="panel-body lines">
        {memberships.value?.map((each) => {
          const { id, name } = each.organization;
          return (
            <li key={id} class="spread">
              <span>
                <span class="strong">{name}</span> <span class="soft">{t(`role.${each.role}`)}</span>
              </span>
              <span class="cluster">
                {id === organizationId.value ? (
                  <State meaning="calm" icon={Check}>
                    {t("profile.current")}
                  </State>
                ) : (
                  <Button
                    small
                    onClick={() => {
                      chooseOrganization(id);
                      route("/today");
                    }}
                  >
                    {t("profile.goTo")}
                    <span class="visually-hidden">: {name}</span>
                  </Button>
                )}
                <Button small onClick={() => setLeaving(each)}>
                  {t("members.leave")}
                  <span class="visually-hidden">: {name}</span>
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      {leaving && <LeaveDialog membership={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}
