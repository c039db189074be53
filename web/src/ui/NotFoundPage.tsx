import { Button } from "./Button";
import { Empty } from "./Empty";
import { Page } from "./Page";
import { t } from "../platform/i18n";

export function NotFoundPage() {
  return (
    <Page title={t("notFound.title")}>
      <Empty
        picture="search"
        title={t("notFound.title")}
        action={
          <Button variant="primary" href="/today">
            {t("notFound.action")}
          </Button>
        }
      >
        {t("notFound.text")}
      </Empty>
    </Page>
  );
}
