import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { organizationZone } from "../../../platform/session";
import { usePairingRules } from "../data/rules";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { dayOf } from "../../../platform/dates";
import { formatDay } from "../../../platform/format";
import { RulesForm } from "./RulesForm";
import { Table } from "../../../ui/Table";

/** How taps become time, now and before. */
export function RulesPanel() {
  const { data: held, problem, reload } = usePairingRules();
  const now = held?.[0];
  return (
    <section class="panel" aria-labelledby="rules-title">
      <div class="panel-head">
        <h2 id="rules-title">{t("rules.title")}</h2>
      </div>
      <ProblemNotice problem={problem} retry={() => void reload()} />
      {!now ? (
        !problem && <SkeletonRows rows={3} />
      ) : (
        <RulesForm key={JSON.stringify(now)} rules={now} />
      )}
      {held && held.length > 1 && (
        <details class="more-part">
          <summary>{t("rules.before")}</summary>
          <div class="table-wrap">
            <Table
              caption={t("rules.before")}
              columns={[
                { title: t("rules.from") },
                { title: t("rules.mergeGapShort"), class: "end" },
                { title: t("rules.debounceShort"), class: "end" },
                { title: t("rules.maxHoursShort"), class: "end" },
              ]}
            >
              {held.map((rules) => (
                <tr key={rules.valid_from}>
                  <td>
                    {rules.valid_from
                      ? formatDay(formatLocale(), dayOf(rules.valid_from, organizationZone.value))
                      : t("rules.always")}
                  </td>
                  <td class="end number">{t("rules.seconds", { count: rules.merge_gap_seconds })}</td>
                  <td class="end number">{t("rules.seconds", { count: rules.debounce_seconds })}</td>
                  <td class="end number">{t("rules.hours", { count: rules.max_entry_hours })}</td>
                </tr>
              ))}
            </Table>
          </div>
        </details>
      )}
    </section>
  );
}
