import { EntriesTable } from "../entry/EntriesTable";
import { t } from "../words";

export function ProjectEntries({ projectId }: { projectId: string }) {
  return (
    <section class="stack-tight">
      <h2>{t("people.entries")}</h2>
      <EntriesTable filter={{ projectId }} hides="project" />
    </section>
  );
}
