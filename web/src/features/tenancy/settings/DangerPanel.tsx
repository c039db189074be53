import { Trash2 } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { toast } from "../../../ui/Toasts";
import { TypedNameDialog } from "../../../ui/TypedNameDialog";
import { deleteOrganization } from "../data";
import { organization } from "../../../platform/session";
import { t } from "../words";
import "./settings.css";

export function DangerPanel() {
  const [isAsking, setAsking] = useState(false);
  const { route } = useLocation();
  const { name } = organization.value!;
  return (
    <section class="panel" aria-labelledby="danger-title">
      <div class="panel-head">
        <h2 id="danger-title">{t("settings.delete")}</h2>
      </div>
      <div class="panel-body spread">
        <p class="soft danger-words">{t("settings.deleteLead")}</p>
        <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
          {t("settings.delete")}
        </Button>
      </div>
      {isAsking && (
        <TypedNameDialog
          title={t("settings.deleteTitle", { name })}
          act={t("settings.deleteAct")}
          name={name}
          onConfirm={async (typed) => {
            await deleteOrganization(typed);
            toast(t("settings.deleted", { name }));
            route("/today", true);
          }}
          onClose={() => setAsking(false)}
        >
          {t("settings.deleteText")}
        </TypedNameDialog>
      )}
    </section>
  );
}
