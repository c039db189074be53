import { RotateCw } from "lucide-preact";
import { t } from "../platform/i18n";
import { Button } from "./Button";
import { Notice } from "./Notice";
import { Page } from "./Page";

/** In place of a page that did not come, or that cannot be drawn. */
export function BrokenPage({ why }: { why: "missing" | "broken" }) {
  return (
    <Page title={t("broken.title")}>
      <Notice
        kind="wrong"
        action={
          <Button small icon={RotateCw} onClick={() => location.reload()}>
            {t("broken.reload")}
          </Button>
        }
      >
        {t(why === "missing" ? "broken.missing" : "broken.broken")}
      </Notice>
    </Page>
  );
}
