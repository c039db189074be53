import { EntriesTable } from "../entry/EntriesTable";
import { t } from "../words";

export function PersonEntries({ personId }: { personId: string }) {
  return (
    <section class="stack-tight">
      <h2>{t("people.entries")}</h2>
      <EntriesTable filter={{ personId }} hides="person" />
    </section>
  );
}
