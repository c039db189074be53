import { Ban, CircleCheck, CircleOff, KeyRound, RotateCw } from "lucide-preact";
import { Ago, When } from "../../platform/Ago";
import { Button } from "../../ui/Button";
import { State } from "../../ui/State";
import { isKeyValid, type DeviceKey } from "./data/keys";
import { zone } from "../../platform/session";
import { formatLocale } from "../../platform/i18n";
import { t } from "./words";
import { nowSlow } from "../../platform/clock";
import { formatDateTime } from "../../platform/format";
import { Table } from "../../ui/Table";

interface KeyTableProps {
  caption: string;
  keys: DeviceKey[];
  onAct: (what: "rotate" | "revoke", key: DeviceKey) => void;
}

export function KeyTable({ caption, keys, onAct }: KeyTableProps) {
  return (
    <Table
      caption={caption}
      columns={[
        { title: t("keys.name") },
        { title: t("keys.hint") },
        { title: t("keys.kind") },
        { title: t("devices.state") },
        { title: t("keys.made") },
        { title: t("keys.used") },
        {},
      ]}
      cards
    >
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
                  <Button small icon={RotateCw} onClick={() => onAct("rotate", key)}>
                    {t("keys.rotate")}
                  </Button>
                  <Button small variant="danger" icon={Ban} onClick={() => onAct("revoke", key)}>
                    {t("keys.revoke")}
                  </Button>
                </span>
              )}
            </td>
          </tr>
        );
      })}
    </Table>
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
