import { Button } from "../components/Button";
import { Empty } from "../components/Empty";
import { Page } from "../components/Page";
import { t } from "../i18n";

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
