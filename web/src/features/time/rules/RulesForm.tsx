import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { Segmented } from "../../../ui/Segmented";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { may, organizationZone } from "../../../platform/session";
import { DEFAULT_RULES, previewPairingRules, savePairingRules, type PairingRules } from "../data/rules";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { dayBounds, isDay, toInstant, today } from "../../../platform/dates";
import { formatDay } from "../../../platform/format";
import "./rules.css";

const FIELDS = [
  { field: "merge_gap_seconds", id: "mergeGap", min: 0, max: 3600 },
  { field: "debounce_seconds", id: "debounce", min: 0, max: 3600 },
  { field: "max_entry_hours", id: "maxHours", min: 1, max: 168 },
] as const;

type Texts = Record<keyof PairingRules, string>;

const asTexts = (rules: PairingRules): Texts => ({
  merge_gap_seconds: String(rules.merge_gap_seconds),
  debounce_seconds: String(rules.debounce_seconds),
  max_entry_hours: String(rules.max_entry_hours),
});

export function RulesForm({ rules }: { rules: PairingRules }) {
  const zone = organizationZone.value;
  const [texts, setTexts] = useState(asTexts(rules));
  const [since, setSince] = useState<"now" | "day">("now");
  const [day, setDay] = useState(today(zone));
  // How many entries a change of the past would change, once it has been counted.
  const [countAsked, setCountAsked] = useState<number | null>(null);
  const wanted: PairingRules = {
    merge_gap_seconds: Number(texts.merge_gap_seconds),
    debounce_seconds: Number(texts.debounce_seconds),
    max_entry_hours: Number(texts.max_entry_hours),
  };
  const isChanged = FIELDS.some(({ field }) => wanted[field] !== rules[field]);
  const isDefault = FIELDS.every(({ field }) => wanted[field] === DEFAULT_RULES[field]);
  const validFrom = since === "day" && isDay(day) ? toInstant(dayBounds(day, zone).start) : null;
  const save = async () => {
    const count = await savePairingRules(wanted, validFrom);
    toast(validFrom ? t("rules.savedCount", { count }) : t("rules.saved"));
  };
  const { submit, isBusy, problem } = useSubmit(async () => {
    // What has been counted already changes only when asked twice.
    if (validFrom) setCountAsked(await previewPairingRules(wanted, validFrom));
    else await save();
  });
  return (
    <form onSubmit={submit}>
      <fieldset class="panel-body stack" disabled={!may("admin")}>
        <p class="soft">{t("rules.lead")}</p>
        {FIELDS.map(({ field, id, min, max }) => (
          <div key={field} class="rule">
            <TextField
              label={t(`rules.${id}`)}
              hint={t(`rules.${id}Hint`)}
              type="number"
              inputMode="numeric"
              required
              min={min}
              max={max}
              step={1}
              value={texts[field]}
              onValue={(text) => setTexts({ ...texts, [field]: text })}
            />
          </div>
        ))}
        {may("admin") && (
          <div class="stack-tight">
            <Segmented
              label={t("rules.from")}
              value={since}
              options={[
                { value: "now", label: t("rules.fromNow") },
                { value: "day", label: t("rules.fromDay") },
              ]}
              onValue={setSince}
            />
            {since === "day" && (
              <TextField
                label={t("rules.day")}
                hint={t("rules.dayHint")}
                type="date"
                class="input input-auto"
                required
                max={today(zone)}
                value={day}
                onValue={setDay}
              />
            )}
          </div>
        )}
        <ProblemNotice problem={problem} />
      </fieldset>
      {may("admin") && (
        <div class="panel-foot">
          {isDefault ? (
            <span />
          ) : (
            <Button variant="ghost" onClick={() => setTexts(asTexts(DEFAULT_RULES))}>
              {t("rules.defaults")}
            </Button>
          )}
          <Button type="submit" variant="primary" busy={isBusy} disabled={!isChanged && since === "now"}>
            {t("common.save")}
          </Button>
        </div>
      )}
      {countAsked !== null && (
        <ConfirmDialog
          title={t("rules.askTitle", { day: formatDay(formatLocale(), day) })}
          act={t("rules.askAct")}
          onConfirm={save}
          onClose={() => setCountAsked(null)}
        >
          <p>{countAsked === 0 ? t("rules.askCountNone") : t("rules.askCount", { count: countAsked })}</p>
          <p class="soft">{t("rules.askText")}</p>
        </ConfirmDialog>
      )}
    </form>
  );
}
