import { useState } from "preact/hooks";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { Dialog } from "../../ui/Dialog";
import { SelectField, TextField } from "../../ui/Field";
import { Notice } from "../../ui/Notice";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { QrCode } from "../../ui/QrCode";
import { useSubmit } from "../../ui/useSubmit";
import { createKey, rotateKey, type DeviceKey, type NewKey } from "./data/keys";
import type { Device } from "./data/devices";
import { organizationZone } from "../../platform/session";
import { webhookUrl } from "./data/test-tap";
import { t } from "./words";
import { addDays, dayBounds, isDay, toInstant, today } from "../../platform/dates";

interface MakeKeyDialogProps {
  device: Device;
  onMade: (made: NewKey) => void;
  onClose: () => void;
}

export function MakeKeyDialog({ device, onMade, onClose }: MakeKeyDialogProps) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"header" | "url">("header");
  const [lastDay, setLastDay] = useState("");
  const zone = organizationZone.value;
  const { submit, isBusy, problem } = useSubmit(async () => {
    const expiresAt = isDay(lastDay) ? toInstant(dayBounds(lastDay, zone).end) : null;
    onMade(await createKey(device.id, kind, name, expiresAt));
  });
  return (
    <Dialog
      title={t("keys.make")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("keys.make")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField label={t("keys.name")} hint={t("keys.nameHint")} maxLength={200} value={name} onValue={setName} />
        <SelectField
          label={t("keys.kind")}
          value={kind}
          onValue={setKind}
          options={[
            { value: "header", label: t("keys.kind.header") },
            { value: "url", label: t("keys.kind.url") },
          ]}
        />
        {kind === "url" && <Notice kind="attention">{t("keys.urlWarning")}</Notice>}
        <TextField
          label={t("keys.expires")}
          hint={t("keys.expiresHint")}
          type="date"
          min={addDays(today(zone), 1)}
          value={lastDay}
          onValue={setLastDay}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}

interface RotateKeyDialogProps {
  apiKey: DeviceKey;
  onMade: (made: NewKey) => void;
  onClose: () => void;
}

const OVERLAPS = ["0", "60", "1440", "10080"] as const;

export function RotateKeyDialog({ apiKey, onMade, onClose }: RotateKeyDialogProps) {
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>("1440");
  const { submit, isBusy, problem } = useSubmit(async () => onMade(await rotateKey(apiKey.id, Number(overlap))));
  return (
    <Dialog
      title={t("keys.rotateTitle")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("keys.rotate")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{t("keys.rotateText")}</p>
        <SelectField
          label={t("keys.overlap")}
          value={overlap}
          onValue={setOverlap}
          options={OVERLAPS.map((value) => ({ value, label: t(`keys.overlap.${value}`) }))}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}

/** The one time that a key is seen. */
export function ShowKeyDialog({ made, onClose }: { made: NewKey; onClose: () => void }) {
  const text = made.kind === "url" ? `${webhookUrl()}/${made.key}` : made.key;
  return (
    <Dialog
      title={t("keys.shown")}
      onClose={onClose}
      foot={
        <Button variant="primary" onClick={onClose}>
          {t("keys.haveIt")}
        </Button>
      }
    >
      <div class="stack">
        <Notice kind="attention">{t("keys.shownOnce")}</Notice>
        {made.kind === "url" && <p class="strong">{t("keys.address")}</p>}
        <div class="secret">
          <code data-testid="new-key">{text}</code>
          <CopyButton text={text} words />
        </div>
        <QrCode text={text} label={t("keys.qr")} />
      </div>
    </Dialog>
  );
}
