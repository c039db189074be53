import { useLocation } from "preact-iso";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { AlertLine } from "./AlertLine";
import { Empty } from "../../ui/Empty";
import { SelectField } from "../../ui/Field";
import { ListFoot } from "../../ui/ListFoot";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { Tabs } from "../../ui/Tabs";
import { isTyping } from "../../ui/isTyping";
import {
  ALERT_KINDS,
  isIn,
  isOpen,
  useAlertPages,
  useAlertSources,
  useOpenAlerts,
  type Alert,
  type AlertKind,
  type AlertState,
} from "./data";
import { useAccountNames } from "../tenancy/data";
import { may } from "../../platform/session";
import { t } from "./words";
import { AlertDialog } from "./AlertDialog";
import "./alerts.css";

const STATES: AlertState[] = ["open", "acknowledged", "cleared", "all"];

/** What needs a person, and who has seen it? */
export function AlertsPage() {
  const { query } = useLocation();
  const state = STATES.find((each) => each === query["show"]) ?? "open";
  const [kind, setKind] = useState<AlertKind | "">("");
  const pages = useAlertPages({ state, kind });
  const sources = useAlertSources(pages.rows).data ?? {};
  const names = useAccountNames().data ?? {};
  const openCount = useOpenAlerts().data?.count;
  // By its id: what the list holds may change under whoever reads it. No state, since keys may come faster.
  const chosenId = useRef<string>();
  const [acting, setActing] = useState<{ alert: Alert; what: "acknowledge" | "clear" }>();
  const list = useRef<HTMLUListElement>(null);

  useLayoutEffect(() => void (chosenId.current = undefined), [state, kind]);

  // Before the rows are painted: a key never means those of a moment ago.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event) || !pages.rows?.length) return;
      const at = pages.rows.findIndex(({ id }) => id === chosenId.current);
      if (event.key === "j" || event.key === "k") {
        const next = Math.max(0, Math.min(pages.rows.length - 1, at + (event.key === "j" ? 1 : -1)));
        list.current?.querySelectorAll<HTMLElement>("[data-alert]")[next]?.focus();
      } else if (event.key === "a" && may("operator")) {
        const alert = pages.rows[at] ?? pages.rows.find(isOpen);
        if (alert && isOpen(alert)) {
          event.preventDefault();
          setActing({ alert, what: "acknowledge" });
        }
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [pages.rows]);

  if (!may("viewer")) {
    return (
      <Page title={t("alerts.title")}>
        <Empty picture="bell" title={t("alerts.noAccess")} />
      </Page>
    );
  }
  return (
    <Page title={t("alerts.title")}>
      <div class="stack">
        <Tabs
          label={t("alerts.title")}
          current={state}
          tabs={STATES.map((each) => ({
            id: each,
            href: each === "open" ? "/alerts" : `/alerts?show=${each}`,
            title: t(`alerts.state.${each}`),
            count: each === "open" ? openCount : undefined,
          }))}
        />
        <div class="spread">
          <div class="kind-filter">
            <SelectField
              label={t("alerts.kind")}
              value={kind}
              onValue={setKind}
              options={[
                { value: "", label: t("alerts.allKinds") },
                ...ALERT_KINDS.map((value) => ({ value, label: t(`alerts.kind.${value}`) })),
              ]}
            />
          </div>
          {may("operator") && <p class="small faint wide-hint">{t("alerts.hint")}</p>}
        </div>
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel" aria-label={t("alerts.title")}>
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length === 0 ? (
            <Empty picture="bell" title={t(state === "open" && !kind ? "alerts.empty" : "alerts.none")}>
              {t("alerts.emptyText")}
            </Empty>
          ) : (
            <ul class="alert-list" ref={list}>
              {pages.rows.map((alert) => (
                <li key={alert.id} data-alert="" tabIndex={-1} onFocusIn={() => (chosenId.current = alert.id)}>
                  <AlertLine
                    alert={alert}
                    source={sources[alert.source_id]}
                    names={names}
                    onAct={(what) => setActing({ alert, what })}
                  />
                </li>
              ))}
            </ul>
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {acting && (
        <AlertDialog
          {...acting}
          source={sources[acting.alert.source_id]}
          onSettled={(settled) =>
            pages.patch((rows) =>
              rows.map((row) => (row.id === settled.id ? settled : row)).filter((row) => isIn(state, row)),
            )
          }
          onClose={() => setActing(undefined)}
        />
      )}
    </Page>
  );
}
