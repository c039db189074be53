import { Ago } from "../../platform/Ago";
import { EventWords } from "./EventWords";
import { useLatestEvents } from "./data";
import { t } from "./words";
import "./taps.css";

/** The last taps, newest first, in words. */
export function JustHappened() {
  const { data } = useLatestEvents(10);
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{t("today.justHappened")}</h2>
        <a href="/events">{t("common.seeAll")}</a>
      </div>
      {data?.length === 0 && <p class="panel-body soft">{t("today.noTaps")}</p>}
      <ol class="feed">
        {data?.map((event) => (
          <li key={event.id}>
            <span>
              <EventWords event={event} plain />
            </span>
            <span class="faint small">
              <Ago at={event.occurred_at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
