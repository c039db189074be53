import { CalendarPlus } from "lucide-preact";
import { useState } from "preact/hooks";
import { createCalendarLink, revokeCalendarLink, useCalendarLinks, type CalendarLink } from "../data/calendar";
import { t } from "../words";
import { Ago, When } from "../../../platform/Ago";
import { Button } from "../../../ui/Button";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { Dialog } from "../../../ui/Dialog";
import { Notice } from "../../../ui/Notice";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { Secret } from "../../../ui/Secret";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";

/** A person's time in their own calendar: links that are shown once and work until they are revoked. */
export function CalendarLinks({ personId, isOwn }: { personId: string; isOwn: boolean }) {
  const { data: links, problem, reload } = useCalendarLinks(personId);
  const [made, setMade] = useState<string>();
  const [revoking, setRevoking] = useState<CalendarLink>();
  const making = useSubmit(async () => setMade(await createCalendarLink(personId)));
  return (
    <section class="panel" aria-labelledby="calendar-title">
      <div class="panel-head">
        <h2 id="calendar-title">{t("calendar.title")}</h2>
        <Button small icon={CalendarPlus} busy={making.isBusy} onClick={() => making.submit()}>
          {t("calendar.make")}
        </Button>
      </div>
      <div class="panel-body stack">
        <p class="soft">{t(isOwn ? "calendar.leadOwn" : "calendar.lead")}</p>
        <ProblemNotice problem={making.problem} />
        <ProblemNotice problem={problem} retry={() => void reload()} />
        {links && links.length > 0 && (
          <ul class="lines">
            {links.map((link) => (
              <li key={link.id} class="spread">
                <span>
                  <span class="mono">gb_{link.hint}…</span>{" "}
                  <span class="soft">
                    {t("calendar.made")} <When at={link.created_at} />
                    {" · "}
                    {link.last_used_at ? (
                      <>
                        {t("calendar.read")} <Ago at={link.last_used_at} />
                      </>
                    ) : (
                      t("calendar.neverRead")
                    )}
                  </span>
                </span>
                <Button small onClick={() => setRevoking(link)} aria-label={`${t("calendar.revoke")}: gb_${link.hint}`}>
                  {t("calendar.revoke")}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {made && (
        <Dialog
          title={t("calendar.madeTitle")}
          onClose={() => setMade(undefined)}
          foot={
            <Button variant="primary" onClick={() => setMade(undefined)}>
              {t("common.done")}
            </Button>
          }
        >
          <div class="stack">
            <p>{t("calendar.how")}</p>
            <Secret text={made} label={t("calendar.copy")} />
            <Notice kind="attention">{t("calendar.once")}</Notice>
          </div>
        </Dialog>
      )}
      {revoking && (
        <ConfirmDialog
          title={t("calendar.revokeTitle")}
          act={t("calendar.revoke")}
          danger
          onConfirm={async () => {
            await revokeCalendarLink(revoking.id);
            toast(t("calendar.revoked"));
          }}
          onClose={() => setRevoking(undefined)}
        >
          {t("calendar.revokeText")}
        </ConfirmDialog>
      )}
    </section>
  );
}
