import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { Page } from "../ui/Page";
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
