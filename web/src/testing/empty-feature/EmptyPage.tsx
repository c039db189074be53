import { Page } from "../../ui/Page";
import { SelectField } from "../../ui/Field";
import { Table } from "../../ui/Table";
import { useEmptyPages } from "./data";
import { t } from "./words";
import "./empty.css";

export function EmptyPage() {
  const { rows } = useEmptyPages();
  return (
    <Page title={t("empty.title")}>
      <SelectField label={t("empty.title")} value="" onValue={() => {}} options={[]} />
      <Table caption={t("empty.title")} class="empty-rows">
        {rows?.map(({ id }) => <tr key={id} />)}
      </Table>
    </Page>
  );
}
