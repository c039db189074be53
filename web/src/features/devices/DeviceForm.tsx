import { useState } from "preact/hooks";
import { Button } from "../../ui/Button";
import { SelectField, TextField } from "../../ui/Field";
import { Picker } from "../../ui/Picker";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { TimeZoneField } from "../../ui/TimeZoneField";
import { useSubmit } from "../../ui/useSubmit";
import { saveDevice, type Device, type DeviceInput, type DeviceKind } from "./data/devices";
import { choosePeople } from "../book/data/people";
import type { Choice } from "../../ui/Picker";
import { choosePlaces, savePlace } from "../book/data/places";
import { may, organizationZone } from "../../platform/session";
import { t } from "./words";
import "./devices.css";

interface DeviceFormProps {
  device: Device | null;
  onSaved: (id: string) => void;
  onCancel?: () => void;
  disabled?: boolean;
}

const KINDS: DeviceKind[] = ["reader", "terminal", "tablet"];

const choice = (id: string | null, name: string | null): Choice | null => (id ? { id, name: name ?? "?" } : null);

export function DeviceForm({ device, onSaved, onCancel, disabled }: DeviceFormProps) {
  const [name, setName] = useState(device?.name ?? "");
  const [externalId, setExternalId] = useState(device?.external_id ?? "");
  const [kind, setKind] = useState<DeviceKind>(device?.kind ?? "reader");
  const [mode, setMode] = useState<DeviceInput["mode"]>(device ? (device.mode ?? "") : "dock");
  const [place, setPlace] = useState(choice(device?.place_id ?? null, device?.place_name ?? null));
  const [person, setPerson] = useState(choice(device?.person_id ?? null, device?.person_name ?? null));
  const [timeZone, setTimeZone] = useState(device?.time_zone ?? "");
  const { submit, isBusy, problem } = useSubmit(async () => {
    const id = await saveDevice(device?.id ?? null, {
      external_id: externalId,
      name,
      kind,
      mode,
      time_zone: timeZone,
      place_id: place?.id ?? null,
      person_id: person?.id ?? null,
    });
    onSaved(id);
  });
  return (
    <form onSubmit={submit}>
      <fieldset class="fields" disabled={disabled}>
        <TextField
          label={t("devices.name")}
          hint={t("devices.nameHint")}
          required
          maxLength={200}
          value={name}
          onValue={setName}
        />
        <TextField
          label={t("devices.externalId")}
          hint={t("devices.externalIdHint")}
          required
          pattern="[A-Za-z0-9._:\-]{1,64}"
          autoComplete="off"
          spellcheck={false}
          value={externalId}
          onValue={setExternalId}
        />
        <SelectField
          label={t("devices.kind")}
          value={kind}
          onValue={(next) => {
            setKind(next);
            if (!device) setMode(next === "reader" ? "dock" : next === "terminal" ? "terminal" : "");
          }}
          options={KINDS.map((value) => ({ value, label: t(`devices.kind.${value}`) }))}
        />
        <SelectField
          label={t("devices.mode")}
          value={mode}
          onValue={setMode}
          options={[
            { value: "dock", label: t("devices.mode.dock") },
            { value: "terminal", label: t("devices.mode.terminal") },
            { value: "", label: t("devices.mode.none") },
          ]}
        />
        <Picker
          label={t("devices.place")}
          placeholder={t("devices.noPlace")}
          value={place}
          onValue={setPlace}
          search={choosePlaces}
          {...(may("operator") && {
            onCreate: async (made) => ({ id: await savePlace(null, made), name: made }),
          })}
        />
        {/* Who owns a reader keeps it; giving it to somebody is for operators. */}
        {may("operator") && (
          <Picker
            label={t("devices.owner")}
            hint={t("devices.ownerHint")}
            placeholder={t("devices.noOwner")}
            value={person}
            onValue={setPerson}
            search={choosePeople}
          />
        )}
        <div class="wide">
          <TimeZoneField
            label={t("devices.timeZone")}
            value={timeZone}
            onValue={setTimeZone}
            inherit={t("devices.timeZoneInherit", { zone: organizationZone.value })}
          />
        </div>
        <div class="wide">
          <ProblemNotice problem={problem} />
        </div>
        <div class="wide cluster">
          <Button type="submit" variant="primary" busy={isBusy}>
            {t(device ? "common.save" : "devices.add")}
          </Button>
          {onCancel && <Button onClick={onCancel}>{t("common.cancel")}</Button>}
        </div>
      </fieldset>
    </form>
  );
}
