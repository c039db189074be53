import { useRoute } from "preact-iso";
import { Button } from "../components/Button";
import { EntryEditor } from "../components/entry/EntryEditor";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { SkeletonRows } from "../components/Skeleton";
import { useHomeOf } from "../data/home";
import { organizationZone } from "../data/session";
import { useEntry } from "../data/time";
import { t } from "../i18n";
import { dayOf } from "../lib/dates";

/** The address of one entry, for links from alerts and messages. */
export function EntryPage() {
  const id = useRoute().params["id"]!;
  const { data: entry, problem, reload } = useEntry(id);
  useHomeOf(entry);
  const day = entry && dayOf(entry.started_at, organizationZone.value);
  return (
    <Page
      title={entry?.person_name ?? entry?.tag_label ?? t("entry.title")}
      parent={{ href: "/timesheet", title: t("ts.title") }}
      actions={
        day && (
          <Button href={`/timesheet/${day}?entry=${id}${entry.person_id ? `&person=${entry.person_id}` : ""}`}>
            {t("entry.openDay")}
          </Button>
        )
      }
    >
      <div class="narrow stack">
        <ProblemNotice problem={problem} retry={() => void reload()} />
        {entry ? <EntryEditor entry={entry} /> : !problem && <SkeletonRows />}
      </div>
    </Page>
  );
}
