import { X } from "lucide-preact";
import { useLocation } from "preact-iso";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { SelectField } from "../../ui/Field";
import { ListFoot } from "../../ui/ListFoot";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { AUDITED_TABLES, useAuditPages } from "./data";
import { useAccountNames } from "../tenancy/data";
import { may } from "../../platform/session";
import { t } from "./words";
import { AuditList } from "./AuditList";

export function AuditPage() {
  const { query, route } = useLocation();
  const filter = { table: query["table"], row: query["row"], actor: query["who"] };
  const pages = useAuditPages(filter);
  const names = useAccountNames().data ?? {};
  const change = (changes: Record<string, string>) => {
    const next = new URLSearchParams({ ...query, ...changes });
    for (const [key, value] of [...next]) if (!value) next.delete(key);
    route(`/audit${next.size ? `?${next}` : ""}`, true);
  };
  if (!may("admin")) {
    return (
      <Page title={t("audit.title")}>
        <Empty picture="book" title={t("audit.adminsOnly")}>
          {t("audit.adminsOnlyText")}
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={t("audit.title")} lead={t("audit.lead")}>
      <div class="filters">
        <SelectField
          label={t("audit.about")}
          value={filter.table ?? ""}
          options={[
            { value: "", label: t("audit.everything") },
            ...AUDITED_TABLES.map((table) => ({ value: table as string, label: t(`audit.table.${table}`) })),
          ]}
          onValue={(table) => change({ table, row: "" })}
        />
        <SelectField
          label={t("audit.by")}
          value={filter.actor ?? ""}
          options={[
            { value: "", label: t("audit.anybody") },
            ...Object.entries(names)
              .map(([value, label]) => ({ value, label }))
              .sort((a, b) => a.label.localeCompare(b.label)),
            { value: "device", label: t("audit.readers") },
            { value: "system", label: "Gatebook" },
          ]}
          onValue={(who) => change({ who })}
        />
        {filter.row && (
          <Button icon={X} onClick={() => change({ row: "" })}>
            {t("audit.oneRow")}
          </Button>
        )}
      </div>
      <ProblemNotice problem={pages.problem} retry={pages.reload} />
      <section class="panel">
        {!pages.rows ? (
          !pages.problem && <SkeletonRows />
        ) : pages.rows.length === 0 ? (
          <Empty picture="book" title={t("audit.empty")}>
            {t("audit.emptyText")}
          </Empty>
        ) : (
          <AuditList lines={pages.rows} accounts={names} />
        )}
        <ListFoot pages={pages} />
      </section>
    </Page>
  );
}
