import { Plus } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Sparkline } from "../../ui/Sparkline";
import { Ago } from "../../platform/Ago";
import { Button } from "../../ui/Button";
import { DeviceStateWords } from "./DeviceStateWords";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ListFoot } from "../../ui/ListFoot";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { useNewShortcut } from "../../ui/useNewShortcut";
import { useDevicePages, type Device } from "./data/devices";
import { may } from "../../platform/session";
import { t } from "./words";
import { DeviceForm } from "./DeviceForm";
import { Table } from "../../ui/Table";

/** Which readers are there, and do they work? */
export function DevicesPage() {
  const { query, route } = useLocation();
  const pages = useDevicePages();
  const [isAdding, setAdding] = useState("new" in query && may("operator"));
  useNewShortcut(() => setAdding(true), may("operator"));
  const add = may("operator") && (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t("devices.add")}
    </Button>
  );
  return (
    <Page title={t("devices.title")} actions={add}>
      <div class="stack">
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel" aria-label={t("devices.title")}>
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length === 0 ? (
            <Empty picture="reader" title={t("devices.empty")} action={add}>
              {t("devices.emptyText")}
            </Empty>
          ) : (
            <DeviceTable rows={pages.rows} />
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {isAdding && (
        <Dialog title={t("devices.add")} onClose={() => setAdding(false)}>
          <DeviceForm
            device={null}
            onSaved={(id) => {
              setAdding(false);
              route(`/devices/${id}?tab=keys`);
            }}
            onCancel={() => setAdding(false)}
          />
        </Dialog>
      )}
    </Page>
  );
}

export const tapsLabel = (device: Pick<Device, "taps_today" | "taps_by_day">): string =>
  t("devices.tapsLabel", {
    count: device.taps_today || t("spark.none"),
    days: device.taps_by_day.join(", "),
  });

function DeviceTable({ rows }: { rows: Device[] }) {
  return (
    <Table
      caption={t("devices.title")}
      columns={[
        { title: t("devices.name") },
        { title: t("devices.state") },
        { title: t("devices.place") },
        { title: t("devices.owner") },
        { title: t("devices.seen") },
        { title: t("devices.taps"), class: "end" },
      ]}
      hover
      cards
    >
      {rows.map((device) => (
        <tr key={device.id}>
          <td>
            <a class="row-link" href={`/devices/${device.id}`}>
              {device.name}
            </a>{" "}
            <span class="faint small mono wide-only-inline">{device.external_id}</span>
          </td>
          <td>
            <DeviceStateWords device={device} />
          </td>
          <td>{device.place_name}</td>
          <td>{device.person_id && <a href={`/people/${device.person_id}`}>{device.person_name}</a>}</td>
          <td class="soft" data-label={t("devices.seen")}>
            {device.last_seen_at ? <Ago at={device.last_seen_at} /> : t("devices.never")}
          </td>
          <td class="end card-corner">
            <span class="cluster-tight taps">
              <Sparkline values={device.taps_by_day} label={tapsLabel(device)} />
              <span class="number strong">{device.taps_today}</span>
            </span>
          </td>
        </tr>
      ))}
    </Table>
  );
}
