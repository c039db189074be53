import { CalendarDays, Download, FileSpreadsheet, Printer, Sigma } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/Icon";
import { Menu, MenuItem } from "../../../ui/Menu";
import { toast } from "../../../ui/Toasts";
import { useMayChange, useOwnPersonOnly } from "../../book/data/people";
import { asProblem } from "../../../platform/problems";
import { organizationZone } from "../../../platform/session";
import { readAllEntries } from "../data/entries";
import { readTimesheet } from "../data/sums";
import type { Range } from "../../../platform/dates";
import { readCalendar } from "../data/calendar";
import { t } from "../words";
import { problemWords } from "../../../platform/i18n/problems";
import { download } from "../../../platform/text";

/** Files of what is on screen; the code that writes them comes when asked for. */
export function ExportMenu({ range, personId }: { range: Range; personId: string | undefined }) {
  const [progress, setProgress] = useState<number>();
  const ownId = useOwnPersonOnly();
  // A calendar is one person's, and is for whoever may give that person a link to it.
  const oneId = personId ?? ownId ?? null;
  const mayLink = useMayChange(oneId);
  const name = `gatebook-${range.from}-${range.to}`;

  const run = async (act: () => Promise<number>) => {
    setProgress(0);
    try {
      toast(t("ts.exported", { count: await act() }));
    } catch (error) {
      toast(problemWords(asProblem(error)));
    } finally {
      setProgress(undefined);
    }
  };
  const entries = () => readAllEntries(range, { personId: personId ?? ownId ?? undefined }, setProgress);
  const asCsv = () =>
    run(async () => {
      const { entriesCsv } = await import("./export");
      const rows = await entries();
      download(`${name}.csv`, "text/csv", entriesCsv(rows, organizationZone.value));
      return rows.length;
    });
  const asSums = () =>
    run(async () => {
      const { sumsCsv } = await import("./export");
      const rows = await readTimesheet(range, personId);
      download(`${name}-sums.csv`, "text/csv", sumsCsv(rows));
      return rows.length;
    });
  const asCalendar = (id: string) =>
    run(async () => {
      const calendar = await readCalendar(id);
      download("gatebook-calendar.ics", "text/calendar", calendar);
      return calendar.split("BEGIN:VEVENT").length - 1;
    });

  return (
    <Menu
      label={t("ts.export")}
      side="right"
      button={(props) => (
        <Button icon={Download} busy={progress !== undefined} {...props}>
          {progress ? t("ts.exporting", { count: progress }) : t("ts.export")}
        </Button>
      )}
    >
      {(close) => (
        <>
          <MenuItem close={close} onSelect={() => void asCsv()}>
            <Icon of={FileSpreadsheet} />
            {t("ts.exportCsv")}
          </MenuItem>
          <MenuItem close={close} onSelect={() => void asSums()}>
            <Icon of={Sigma} />
            {t("ts.exportSums")}
          </MenuItem>
          {oneId && mayLink && (
            <MenuItem close={close} onSelect={() => void asCalendar(oneId)}>
              <Icon of={CalendarDays} />
              {t("ts.exportIcs")}
            </MenuItem>
          )}
          <div class="menu-line" />
          <MenuItem close={close} onSelect={() => setTimeout(() => print(), 50)}>
            <Icon of={Printer} />
            {t("ts.print")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
