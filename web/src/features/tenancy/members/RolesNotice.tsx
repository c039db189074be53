import { ROLES } from "../data";
import { t } from "../words";
import "./members.css";

/** What each role may, where one chooses between them. */
export function RolesNotice() {
  return (
    <details class="panel roles">
      <summary>{t("members.roles")}</summary>
      <dl class="definition panel-body">
        {ROLES.map((role) => (
          <>
            <dt key={role}>{t(`role.${role}`)}</dt>
            <dd>{t(`role.${role}.may`)}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}
