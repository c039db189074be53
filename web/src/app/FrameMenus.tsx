import { Check, ChevronsUpDown, Keyboard, LogOut, Plus, UserRound } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { signOutHere } from "../platform/sign-out";
import { chooseOrganization, memberships, organization, profile, session } from "../platform/session";
import { t } from "./words";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { newOrganizationDialog, page as tenancy } from "../features/tenancy/page";
import { later, withWords } from "./later";
import { isHelpOpen } from "./open";
import "./frame.css";

const NewOrganizationDialog = later(withWords(tenancy.words)(newOrganizationDialog));

export function OrganizationMenu() {
  const [isMaking, setMaking] = useState(false);
  const { route } = useLocation();
  const current = organization.value!;
  return (
    <>
      <Menu
        label={t("frame.organizations")}
        button={(props) => (
          <button type="button" class="button rail-organization" {...props}>
            <span class="mark" aria-hidden="true">
              {[...current.name][0]?.toUpperCase()}
            </span>
            <span class="truncate">
              <span class="visually-hidden">{t("frame.organization")}: </span>
              {current.name}
            </span>
            <Icon of={ChevronsUpDown} />
          </button>
        )}
      >
        {(close) => (
          <>
            {memberships.value!.map(({ organization: { id, name }, role }) => (
              <MenuItem
                key={id}
                close={close}
                checked={id === current.id}
                onSelect={() => {
                  if (id === current.id) return;
                  chooseOrganization(id);
                  route("/today");
                }}
              >
                <span class="grow truncate">
                  {name} <span class="faint small">{t(`role.${role}`)}</span>
                </span>
                {id === current.id && <Icon of={Check} />}
              </MenuItem>
            ))}
            <div class="menu-line" />
            <MenuItem close={close} onSelect={() => setMaking(true)}>
              <Icon of={Plus} />
              {t("frame.newOrganization")}
            </MenuItem>
          </>
        )}
      </Menu>
      {isMaking && <NewOrganizationDialog onClose={() => setMaking(false)} />}
    </>
  );
}

export function PersonMenu() {
  const email = session.value?.user.email ?? "";
  const name = profile.value?.display_name || email;
  return (
    <Menu
      label={t("frame.you")}
      side="up"
      button={(props) => (
        <button type="button" class="button rail-person" {...props}>
          <Avatar name={name} />
          <span class="truncate">
            <span class="visually-hidden">{t("frame.you")}: </span>
            {name}
          </span>
        </button>
      )}
    >
      {(close) => (
        <>
          <MenuItem close={close} href="/profile">
            <Icon of={UserRound} />
            {t("nav.profile")}
          </MenuItem>
          <MenuItem close={close} onSelect={() => (isHelpOpen.value = true)}>
            <Icon of={Keyboard} />
            {t("help.title")}
          </MenuItem>
          <div class="menu-line" />
          <MenuItem close={close} onSelect={() => void signOutHere()}>
            <Icon of={LogOut} />
            {t("auth.signOut")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
