import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Empty } from "../../ui/Empty";
import { ListFoot } from "../../ui/ListFoot";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { toast } from "../../ui/Toasts";
import { revokeKey, useOverKeyPages, useValidKeys, type DeviceKey, type NewKey } from "./data/keys";
import type { Device } from "./data/devices";
import type { Pages } from "../../platform/pages";
import { t } from "./words";
import { MakeKeyDialog, RotateKeyDialog, ShowKeyDialog } from "./KeyDialogs";
import { KeyTable } from "./KeyTable";
import { newestKey } from "./newest-key";
import "./devices.css";

type Open = { what: "make" } | { what: "rotate" | "revoke"; key: DeviceKey } | { what: "show"; made: NewKey };

export function KeysTab({ device }: { device: Device }) {
  const { data: keys, problem, reload } = useValidKeys(device.id);
  const over = useOverKeyPages(device.id);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const hasAny = Boolean(keys?.length || over.rows?.length);
  const show = (made: NewKey) => {
    over.reload();
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
        {hasAny && make}
      </div>
      <ProblemNotice problem={problem} retry={() => void reload()} />
      <section class="panel" aria-label={t("keys.title")}>
        {!keys ? (
          !problem && <SkeletonRows rows={3} />
        ) : keys.length === 0 ? (
          <Empty picture="reader" title={t(hasAny ? "keys.noneValid" : "keys.empty")} action={!hasAny && make}>
            {t("keys.emptyText")}
          </Empty>
        ) : (
          <KeyTable caption={t("keys.title")} keys={keys} onAct={(what, key) => setOpen({ what, key })} />
        )}
      </section>
      <OverKeys pages={over} />
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
            over.reload();
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

/** Kept for whoever asks which key was which, and out of the way. */
function OverKeys({ pages }: { pages: Pages<DeviceKey> }) {
  const { rows, count, problem, reload } = pages;
  if (problem) return <ProblemNotice problem={problem} retry={reload} />;
  if (!rows || rows.length === 0) return null;
  return (
    <details class="panel more-part">
      <summary>{t("keys.overCount", { count: Math.max(count ?? 0, rows.length) })}</summary>
      <KeyTable caption={t("keys.over")} keys={rows} onAct={() => {}} />
      <ListFoot pages={pages} />
    </details>
  );
}
