import { CircleCheck, CircleOff, KeyRound, Plus, RotateCw, Ban } from "lucide-preact";
import { useState } from "preact/hooks";
import { Ago, When } from "../../components/Ago";
import { Button } from "../../components/Button";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Empty } from "../../components/Empty";
import { ProblemNotice } from "../../components/ProblemNotice";
import { SkeletonRows } from "../../components/Skeleton";
import { State } from "../../components/State";
import { toast } from "../../components/Toasts";
import { isKeyValid, revokeKey, useDeviceKeys, type Device, type DeviceKey, type NewKey } from "../../data/devices";
import { zone } from "../../data/session";
import { formatLocale, t } from "../../i18n";
import { nowSlow } from "../../lib/clock";
import { formatDateTime } from "../../lib/format";
import { MakeKeyDialog, RotateKeyDialog, ShowKeyDialog } from "./KeyDialogs";
import { newestKey } from "./newest-key";

type Open = { what: "make" } | { what: "rotate" | "revoke"; key: DeviceKey } | { what: "show"; made: NewKey };

export function KeysTab({ device }: { device: Device }) {
  const { data: keys, problem, reload } = useDeviceKeys(device.id);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const show = (made: NewKey) => {
    newestKey.value = { ...made, deviceId: device.id };
    setOpen({ what: "show", made });
  };
  const make = (
    <Button variant="primary" icon={Plus} onClick={() => setOpen({ what: "make" })}>
      {t("keys.make")}
    </Button>
  );
  return (
    <div class="stack">
      <div class="spread">
        <p class="soft keys-lead">{t("keys.lead")}</p>
        {keys && keys.length > 0 && make}
      </div>
      <ProblemNotice problem={problem} retry={() => void reload()} />
      <section class="panel" aria-label={t("keys.title")}>
        {!keys ? (
          !problem && <SkeletonRows rows={3} />
        ) : keys.length === 0 ? (
          <Empty picture="reader" title={t("keys.empty")} action={make}>
            {t("keys.emptyText")}
          </Empty>
        ) : (
          <KeyTable keys={keys} onOpen={setOpen} />
        )}
      </section>
      {open?.what === "make" && <MakeKeyDialog device={device} onMade={show} onClose={close} />}
      {open?.what === "rotate" && <RotateKeyDialog apiKey={open.key} onMade={show} onClose={close} />}
      {open?.what === "show" && <ShowKeyDialog made={open.made} onClose={close} />}
      {open?.what === "revoke" && (
        <ConfirmDialog
          title={t("keys.revokeTitle")}
          act={t("keys.revoke")}
          danger
          onConfirm={async () => {
            await revokeKey(open.key.id);
            toast(t("keys.revoked"));
          }}
          onClose={close}
        >
          <p>{t("keys.revokeText")}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function KeyTable({ keys, onOpen }: { keys: DeviceKey[]; onOpen: (open: Open) => void }) {
  return (
    <table class="table table-cards">
      <caption class="visually-hidden">{t("keys.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("keys.name")}</th>
          <th scope="col">{t("keys.hint")}</th>
          <th scope="col">{t("keys.kind")}</th>
          <th scope="col">{t("devices.state")}</th>
          <th scope="col">{t("keys.made")}</th>
          <th scope="col">{t("keys.used")}</th>
          <th scope="col" />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const isValid = isKeyValid(key, nowSlow.value);
          return (
            <tr key={key.id}>
              <td class="strong">{key.name ?? "–"}</td>
              <td class="mono">gb_{key.hint}…</td>
              <td>{t(`keys.kindShort.${key.kind}`)}</td>
              <td>
                <KeyState apiKey={key} isValid={isValid} />
              </td>
              <td class="soft" data-label={t("keys.made")}>
                <When at={key.created_at} />
              </td>
              <td class="soft" data-label={t("keys.used")}>
                {key.last_used_at ? <Ago at={key.last_used_at} /> : t("keys.neverUsed")}
              </td>
              <td class="end">
                {isValid && (
                  <span class="cluster-tight taps">
                    <Button small icon={RotateCw} onClick={() => onOpen({ what: "rotate", key })}>
                      {t("keys.rotate")}
                    </Button>
                    <Button small variant="danger" icon={Ban} onClick={() => onOpen({ what: "revoke", key })}>
                      {t("keys.revoke")}
                    </Button>
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function KeyState({ apiKey, isValid }: { apiKey: DeviceKey; isValid: boolean }) {
  if (!isValid) {
    return (
      <State meaning="calm" icon={CircleOff}>
        {t(apiKey.revoked_at ? "keys.state.revoked" : "keys.state.expired")}
      </State>
    );
  }
  return (
    <State meaning="running" icon={apiKey.last_used_at ? CircleCheck : KeyRound}>
      {apiKey.expires_at
        ? t("keys.until", { when: formatDateTime(formatLocale(), apiKey.expires_at, zone.value) })
        : t("keys.state.valid")}
    </State>
  );
}
