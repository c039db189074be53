import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { EventsTable } from "./EventsTable";
import { Page } from "../../ui/Page";
import { t } from "./words";

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
