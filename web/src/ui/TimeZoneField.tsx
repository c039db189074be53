import { useMemo } from "preact/hooks";
import { t } from "../platform/i18n";
import { Field } from "./Field";

interface TimeZoneFieldProps {
  label: string;
  hint?: string;
  value: string;
  onValue: (zone: string) => void;
  /** Offers the empty value with these words. */
  inherit?: string;
  disabled?: boolean;
}

function allZones(): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zones.includes("UTC") ? zones : ["UTC", ...zones];
}

export function TimeZoneField({ label, hint, value, onValue, inherit, disabled }: TimeZoneFieldProps) {
  const regions = useMemo(() => {
    const zones = allZones();
    if (value && !zones.includes(value)) zones.unshift(value);
    return Map.groupBy ? [...Map.groupBy(zones, regionOf)] : [["", zones] as [string, string[]]];
  }, [value]);
  return (
    <Field label={label} hint={hint}>
      {(field) => (
        <select
          class="input"
          {...field}
          value={value}
          disabled={disabled}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {inherit !== undefined && <option value="">{inherit}</option>}
          {regions.map(([region, zones]) => (
            <optgroup key={region} label={region || t("settings.otherZones")}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll("_", " ")}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}

const regionOf = (zone: string) => (zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : "");
