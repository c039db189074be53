import { useRoute } from "preact-iso";
import { Button } from "../../../ui/Button";
import { EntryEditor } from "./EntryEditor";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { useHomeOf } from "../../../platform/home";
import { organizationZone } from "../../../platform/session";
import { useEntry } from "../data/entries";
import { t } from "../words";
import { dayOf } from "../../../platform/dates";

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
