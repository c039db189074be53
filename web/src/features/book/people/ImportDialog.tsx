import { Download } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { Notice } from "../../../ui/Notice";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { importPeople, MAX_IMPORT_ROWS, type ImportProblem, type PersonInput } from "../data/people";
import { Problem } from "../../../platform/problems";
import { t } from "../words";
import { download } from "../../../platform/text";
import { BadRows } from "./BadRows";
import { ImportSource } from "./ImportSource";
import { Preview } from "./Preview";

interface Tried {
  people: PersonInput[];
  errors: ImportProblem[];
  /** Something was changed since the server looked at it. */
  isStale: boolean;
}

const TEMPLATE = "name,email,phone\r\nMira Novak,mira@bay.example,+436601234567\r\n";

/** A list is tried before it is taken: every bad row is shown, can be put right here, or is left out. */
export function ImportDialog({ onImported, onClose }: { onImported: () => void; onClose: () => void }) {
  const [tried, setTried] = useState<Tried>();
  const bad = new Set(tried?.errors.map(({ row }) => row - 1));
  const goodCount = (tried?.people.length ?? 0) - bad.size;
  const isReady = tried && !tried.isStale && bad.size === 0;

  const tryOut = async (people: PersonInput[]) => {
    if (people.length === 0) throw new Problem("no_rows", 422);
    if (people.length > MAX_IMPORT_ROWS) throw new Problem("too_many_rows", 422);
    setTried({ people, errors: (await importPeople(people, true)).errors, isStale: false });
  };
  const main = useSubmit(async () => {
    if (!tried) return;
    if (!isReady) return tryOut(tried.people);
    const { imported, errors } = await importPeople(tried.people, false);
    if (errors.length > 0) return setTried({ ...tried, errors });
    toast(t("import.done", { count: imported }));
    onImported();
    onClose();
  });
  const leavingOut = useSubmit(() => tryOut(tried!.people.filter((_, at) => !bad.has(at))));

  return (
    <Dialog
      title={t("import.title")}
      onClose={onClose}
      onSubmit={main.submit}
      wide
      foot={
        <>
          {tried ? (
            <Button class="first" variant="ghost" onClick={() => setTried(undefined)}>
              {t("import.another")}
            </Button>
          ) : (
            <Button
              class="first"
              variant="ghost"
              icon={Download}
              onClick={() => download("people.csv", "text/csv", TEMPLATE)}
            >
              {t("import.template")}
            </Button>
          )}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          {tried && bad.size > 0 && goodCount > 0 && !tried.isStale && (
            <Button busy={leavingOut.isBusy} onClick={() => leavingOut.submit()}>
              {t("import.leaveOut", { count: bad.size })}
            </Button>
          )}
          {tried && (
            <Button type="submit" variant="primary" busy={main.isBusy}>
              {isReady ? t("import.act", { count: goodCount }) : t("import.checkAgain")}
            </Button>
          )}
        </>
      }
    >
      <div class="stack">
        {!tried ? (
          <ImportSource onPeople={tryOut} />
        ) : bad.size > 0 ? (
          <>
            <Notice kind="attention">{t("import.bad", { count: bad.size, total: tried.people.length })}</Notice>
            <BadRows
              people={tried.people}
              errors={tried.errors}
              onChange={(at, person) =>
                setTried({ ...tried, people: tried.people.with(at, person), isStale: true })
              }
              onRemove={(at) => setTried(without(tried, at))}
            />
          </>
        ) : (
          <>
            {!tried.isStale && <Notice kind="running">{t("import.good", { count: tried.people.length })}</Notice>}
            <Preview people={tried.people} />
          </>
        )}
        <ProblemNotice problem={main.problem ?? leavingOut.problem} />
      </div>
    </Dialog>
  );
}

function without({ people, errors }: Tried, at: number): Tried {
  const moved = (row: number) => row - Number(row - 1 > at);
  return {
    people: people.toSpliced(at, 1),
    errors: errors.filter(({ row }) => row - 1 !== at).map((error) => ({ ...error, row: moved(error.row) })),
    isStale: true,
  };
}
