import { Power } from "lucide-preact";
import { useRoute } from "preact-iso";
import { Sparkline } from "../../ui/Sparkline";
import { actAtOnce } from "../../ui/act";
import { Ago } from "../../platform/Ago";
import { Button } from "../../ui/Button";
import { DeviceStateWords } from "./DeviceStateWords";
import { Empty } from "../../ui/Empty";
import { EventsTable } from "../taps/EventsTable";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { Tabs } from "../../ui/Tabs";
import { toast } from "../../ui/Toasts";
import { useSubmit } from "../../ui/useSubmit";
import { switchDevice, useDevice, type Device } from "./data/devices";
import { useMayChange } from "../book/data/people";
import { useHomeOf } from "../../platform/home";
import { may } from "../../platform/session";
import { t } from "./words";
import { ConnectTab } from "./ConnectTab";
import { DeviceForm } from "./DeviceForm";
import { KeysTab } from "./KeysTab";
import { tapsLabel } from "./DevicesPage";
import "./devices.css";

// Keys, and test taps with a key made for them, are for operators.
const ALL_TABS = ["overview", "connect", "keys", "settings"] as const;
const READ_TABS = ["overview", "settings"] as const;

/** Why is that reader silent? */
export function DevicePage() {
  const { params, query } = useRoute();
  const id = params["id"]!;
  const { data: device, problem, reload } = useDevice(id);
  useHomeOf(device);
  const mayChange = useMayChange(device?.person_id ?? null);
  const tabs = may("operator") ? ALL_TABS : READ_TABS;
  const tab = tabs.find((name) => name === query["tab"]) ?? "overview";
  const href = (name: string) => `/devices/${id}${name === "overview" ? "" : `?tab=${name}`}`;
  return (
    <Page
      title={device?.name ?? t("search.device")}
      parent={{ href: "/devices", title: t("devices.title") }}
      beside={device && <DeviceStateWords device={device} />}
      actions={device && mayChange && <PowerButton device={device} />}
    >
      <div class="stack">
        <ProblemNotice problem={problem} retry={() => void reload()} />
        {!device ? (
          !problem && <SkeletonRows />
        ) : (
          <>
            <Tabs
              label={device.name}
              current={tab}
              tabs={tabs.map((name) => ({ id: name, href: href(name), title: t(`devices.tab.${name}`) }))}
            />
            {!device.is_active && <Notice kind="attention">{t("devices.offText")}</Notice>}
            {tab === "overview" && <Overview device={device} />}
            {tab === "connect" && <ConnectTab device={device} />}
            {tab === "keys" && <KeysTab device={device} />}
            {tab === "settings" && (
              <section class="panel panel-body">
                <DeviceForm
                  key={device.id}
                  device={device}
                  disabled={!mayChange}
                  onSaved={() => {
                    toast(t("devices.saved"));
                    void reload();
                  }}
                />
              </section>
            )}
          </>
        )}
      </div>
    </Page>
  );
}

function PowerButton({ device }: { device: Device }) {
  const { submit, isBusy } = useSubmit(() =>
    actAtOnce({
      act: () => switchDevice(device.id, !device.is_active),
      said: t(device.is_active ? "devices.switchedOff" : "devices.switchedOn"),
      undo: () => switchDevice(device.id, device.is_active),
    }),
  );
  return (
    <Button icon={Power} busy={isBusy} onClick={submit}>
      {t(device.is_active ? "devices.switchOff" : "devices.switchOn")}
    </Button>
  );
}

function Overview({ device }: { device: Device }) {
  return (
    <>
      {device.valid_keys === 0 && may("operator") && (
        <Notice
          kind="attention"
          action={
            <Button small href={`/devices/${device.id}?tab=keys`}>
              {t("keys.make")}
            </Button>
          }
        >
          {t("devices.noKey")}
        </Notice>
      )}
      <section class="panel panel-body">
        <dl class="definition definition-wide">
          <dt>{t("devices.externalId")}</dt>
          <dd class="mono">{device.external_id}</dd>
          <dt>{t("devices.kind")}</dt>
          <dd>
            {t(`devices.kind.${device.kind}`)} · {t(`devices.mode.short.${device.mode ?? "none"}`)}
          </dd>
          <dt>{t("devices.place")}</dt>
          <dd>{device.place_name ?? t("devices.noPlace")}</dd>
          <dt>{t("devices.owner")}</dt>
          <dd>
            {device.person_id ? <a href={`/people/${device.person_id}`}>{device.person_name}</a> : t("devices.noOwner")}
          </dd>
          <dt>{t("devices.seen")}</dt>
          <dd>{device.last_seen_at ? <Ago at={device.last_seen_at} /> : t("devices.never")}</dd>
          <dt>{t("devices.taps")}</dt>
          <dd>
            <span class="cluster-tight">
              <span class="number strong">{device.taps_today}</span>
              <Sparkline values={device.taps_by_day} label={tapsLabel(device)} />
            </span>
          </dd>
        </dl>
      </section>
      <h2>{t("devices.events")}</h2>
      <EventsTable
        filter={{ deviceId: device.id }}
        empty={
          <Empty
            picture="reader"
            title={t("events.empty")}
            action={
              may("operator") && (
                <Button variant="primary" href={`/devices/${device.id}?tab=connect`}>
                  {t("start.tapAction")}
                </Button>
              )
            }
          />
        }
      />
    </>
  );
}
