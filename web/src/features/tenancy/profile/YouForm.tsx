import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { Field, SelectField } from "../../../ui/Field";
import { Segmented } from "../../../ui/Segmented";
import { TimeZoneField } from "../../../ui/TimeZoneField";
import { organizationZone, profile, saveProfile, valuesOf, type Profile } from "../../../platform/session";
import { LOCALES } from "../../../platform/i18n";
import { t } from "../words";

/** How one is called and how the page looks; every choice counts at once. */
export function YouForm() {
  const now = profile.value!;
  const [name, setName] = useState(now.display_name);
  const save = (changes: Partial<Profile>) => {
    const before = valuesOf(now, changes);
    void actAtOnce({
      act: () => saveProfile(changes),
      // In the language that was chosen.
      said: () => t("profile.saved"),
      undo: async () => {
        await saveProfile(before);
        if (before.display_name !== undefined) setName(before.display_name);
      },
    });
  };
  return (
    <section class="panel" aria-labelledby="you-title">
      <div class="panel-head">
        <h2 id="you-title">{t("profile.you")}</h2>
      </div>
      <div class="panel-body stack">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save({ display_name: name.trim() });
          }}
        >
          <Field label={t("profile.name")} hint={t("profile.nameHint")}>
            {(field) => (
              <div class="cluster-tight">
                <input
                  class="input"
                  {...field}
                  maxLength={200}
                  autoComplete="name"
                  value={name}
                  onInput={(event) => setName(event.currentTarget.value)}
                />
                <Button type="submit" disabled={name.trim() === now.display_name}>
                  {t("common.save")}
                </Button>
              </div>
            )}
          </Field>
        </form>
        <SelectField
          label={t("profile.language")}
          value={now.locale}
          options={LOCALES.map(({ id, name: language }) => ({ value: id, label: language }))}
          onValue={(locale) => save({ locale })}
        />
        <div class="field">
          <span class="field-label" aria-hidden="true">
            {t("profile.theme")}
          </span>
          <div>
            <Segmented
              label={t("profile.theme")}
              value={now.theme}
              options={(["system", "light", "dark"] as const).map((value) => ({
                value,
                label: t(`profile.theme.${value}`),
              }))}
              onValue={(theme) => save({ theme })}
            />
          </div>
        </div>
        <TimeZoneField
          label={t("settings.timeZone")}
          hint={t("profile.zoneHint")}
          inherit={t("profile.zoneInherit", { zone: organizationZone.value.replaceAll("_", " ") })}
          value={now.time_zone ?? ""}
          onValue={(zone) => save({ time_zone: zone || null })}
        />
      </div>
    </section>
  );
}
