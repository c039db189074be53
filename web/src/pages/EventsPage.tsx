import { Button } from "../components/Button";
import { Empty } from "../components/Empty";
import { EventsTable } from "../components/EventsTable";
import { Page } from "../components/Page";
import { t } from "../i18n";

export function EventsPage() {
  return (
    <Page title={t("events.title")} lead={t("events.lead")}>
      <EventsTable
        filter={{}}
        empty={
          <Empty
            picture="reader"
            title={t("events.empty")}
            action={
              <Button variant="primary" href="/devices">
                {t("events.emptyAction")}
              </Button>
            }
          >
            {t("events.emptyText")}
          </Empty>
        }
      />
    </Page>
  );
}
