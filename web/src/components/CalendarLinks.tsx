import { CalendarPlus } from "lucide-preact";
import { useState } from "preact/hooks";
import { createCalendarLink, revokeCalendarLink, useCalendarLinks } from "../data/calendar";
import { t, tx } from "../i18n";
import { Ago } from "./Ago";
import { Button } from "./Button";
import { CopyButton } from "./CopyButton";
import { Notice } from "./Notice";
import { ProblemNotice } from "./ProblemNotice";
import { toast } from "./Toasts";
import { useSubmit } from "./useSubmit";

/** A person's time in their own calendar. */
export function CalendarLinks({ personId }: { personId: string }) {
  const { data: feeds } = useCalendarLinks(personId);
  const [link, setLink] = useState<string>();
  const { submit, isBusy, problem } = useSubmit(async () => setLink(await createCalendarLink(personId)));
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{t("calendar.title")}</h2>
        <Button small icon={CalendarPlus} busy={isBusy} onClick={submit}>
          {t("calendar.make")}
        </Button>
      </div>
      <div class="panel-body stack">
        <p class="soft">{t("calendar.text")}</p>
        <ProblemNotice problem={problem} />
        {link && (
          <>
            <Notice kind="attention">{t("calendar.shownOnce")}</Notice>
            <div class="secret">
              <code>{link}</code>
              <CopyButton text={link} words />
            </div>
          </>
        )}
        {feeds?.map((feed) => (
          <div key={feed.id} class="spread">
            <span>
              <span class="mono">{feed.hint}…</span>{" "}
              <span class="faint">
                {feed.last_used_at
                  ? tx("calendar.used", { when: <Ago at={feed.last_used_at} /> })
                  : t("calendar.neverUsed")}
              </span>
            </span>
            <RevokeButton id={feed.id} />
          </div>
        ))}
      </div>
    </section>
  );
}

function RevokeButton({ id }: { id: string }) {
  const { submit, isBusy } = useSubmit(async () => {
    await revokeCalendarLink(id);
    toast(t("keys.revoked"));
  });
  return (
    <Button small variant="danger" busy={isBusy} onClick={submit}>
      {t("calendar.revoke")}
    </Button>
  );
}
