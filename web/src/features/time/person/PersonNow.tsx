import { CircleDot } from "lucide-preact";
import { formatTime } from "../../../platform/format";
import { formatLocale } from "../../../platform/i18n";
import { zone } from "../../../platform/session";
import { State } from "../../../ui/State";
import { usePresentNow } from "../data/today";
import { t } from "../words";

/** That a person is in, and since when. */
export function PersonNow({ personId, chip }: { personId: string; chip?: boolean }) {
  const since = usePresentNow().data?.find(({ person_id }) => person_id === personId)?.since;
  if (!since) return null;
  return (
    <State meaning="running" icon={CircleDot} chip={chip}>
      {t("people.inSince", { time: formatTime(formatLocale(), since, zone.value) })}
    </State>
  );
}
