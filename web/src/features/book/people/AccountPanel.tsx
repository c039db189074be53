import { Link2, Link2Off, Send } from "lucide-preact";
import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { Picker } from "../../../ui/Picker";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { chooseMembers, useAccountEmail } from "../../tenancy/data";
import { linkPerson, type Person } from "../data/people";
import type { Choice } from "../../../ui/Picker";
import { may } from "../../../platform/session";
import { t } from "../words";

/** Which account signs in as this person, and so sees their time as its own. */
export function AccountPanel({ person }: { person: Person }) {
  const account = useAccountEmail(person.user_id).data;
  const [isLinking, setLinking] = useState(false);
  const mayEdit = may("operator") && !person.archived_at;
  const unlink = () =>
    void actAtOnce({
      act: () => linkPerson(person.id, null),
      said: t("people.unlinked"),
      ...(account && { undo: () => linkPerson(person.id, account.id) }),
    });
  return (
    <section class="panel" aria-labelledby="account-title">
      <div class="panel-head">
        <h2 id="account-title">{t("people.account")}</h2>
        {mayEdit &&
          (person.user_id ? (
            <Button small icon={Link2Off} onClick={unlink}>
              {t("people.unlink")}
            </Button>
          ) : (
            <Button small icon={Link2} onClick={() => setLinking(true)}>
              {t("people.linkAct")}
            </Button>
          ))}
      </div>
      <div class="panel-body stack">
        {person.user_id ? (
          <p>{account ? t("people.signsInAs", { email: account.email }) : t("people.hasAccount")}</p>
        ) : (
          <>
            <p class="soft">{t("people.notLinked")}</p>
            {may("admin") && !person.archived_at && (
              <div>
                <Button icon={Send} href={`/members?invite=${encodeURIComponent(person.email ?? "")}`}>
                  {t("people.invite")}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
      {isLinking && <LinkDialog person={person} onClose={() => setLinking(false)} />}
    </section>
  );
}

function LinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [member, setMember] = useState<Choice | null>(null);
  const { submit, isBusy, problem } = useSubmit(async () => {
    await linkPerson(person.id, member!.id);
    toast(t("people.linked"));
    onClose();
  });
  return (
    <Dialog
      title={t("people.linkTitle", { name: person.name })}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy} disabled={!member}>
            {t("people.linkAct")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="soft">{t("people.linkLead")}</p>
        <Picker
          label={t("people.link")}
          placeholder={t("people.chooseAccount")}
          value={member}
          onValue={setMember}
          search={chooseMembers}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
