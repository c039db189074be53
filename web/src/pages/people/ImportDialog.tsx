import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { ProblemNotice } from "../../components/ProblemNotice";
import { toast } from "../../components/Toasts";
import { useSubmit } from "../../components/useSubmit";
import { importPeople, type ImportOutcome, type ImportProblem, type PersonInput } from "../../data/people";
import { asProblem, type Problem } from "../../data/problems";
import { t, tMaybe } from "../../i18n";

interface Checked {
  rows: PersonInput[];
  outcome?: ImportOutcome;
  unreadable?: "empty";
}

/** A dry run first: all of the list is added, or nothing. */
export function ImportDialog({ onImported, onClose }: { onImported: () => void; onClose: () => void }) {
  const [checked, setChecked] = useState<Checked>();
  const [isChecking, setChecking] = useState(false);
  const [fileProblem, setFileProblem] = useState<Problem>();
  const { submit, isBusy, problem } = useSubmit(async () => {
    const outcome = await importPeople(checked!.rows, false);
    if (outcome.errors.length > 0) {
      setChecked({ rows: checked!.rows, outcome });
      return;
    }
    toast(t("import.done", { count: outcome.imported }));
    onImported();
    onClose();
  });

  const read = async (file: File | undefined) => {
    setChecked(undefined);
    setFileProblem(undefined);
    if (!file) return;
    setChecking(true);
    try {
      const { readPeople } = await import("../../lib/people-csv");
      const { people: rows } = await readPeople(await file.text());
      setChecked(rows.length ? { rows, outcome: await importPeople(rows, true) } : { rows, unreadable: "empty" });
    } catch (error) {
      setFileProblem(asProblem(error));
    } finally {
      setChecking(false);
    }
  };

  const errors = checked?.outcome?.errors ?? [];
  const isReady = checked?.outcome !== undefined && errors.length === 0;
  const badLines = new Set(errors.map(({ row }) => row)).size;
  return (
    <Dialog
      title={t("import.title")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy} disabled={!isReady}>
            {t("import.do", { count: checked?.rows.length ?? 0 })}
          </Button>
        </>
      }
    >
      <div class="stack">
        <Field label={t("import.choose")} hint={t("import.text")}>
          {(field) => (
            <input
              class="input"
              {...field}
              type="file"
              accept=".csv,text/csv"
              onChange={(event) => void read(event.currentTarget.files?.[0])}
            />
          )}
        </Field>
        <div class="stack" role="status">
          {isChecking && <p class="soft">{t("import.check")}</p>}
          {checked?.unreadable && <Notice kind="wrong">{t(`import.${checked.unreadable}`)}</Notice>}
          {isReady && <Notice kind="running">{t("import.ready", { count: checked.rows.length })}</Notice>}
          {errors.length > 0 && <Notice kind="wrong">{t("import.bad", { count: badLines })}</Notice>}
        </div>
        {errors.length > 0 && <ErrorTable errors={errors} />}
        <ProblemNotice problem={fileProblem ?? problem} />
      </div>
    </Dialog>
  );
}

/** The line with the names of the columns is the first of the file. */
const lineOf = (row: number) => row + 1;

function ErrorTable({ errors }: { errors: ImportProblem[] }) {
  return (
    <div class="panel table-wrap">
      <table class="table">
        <caption class="visually-hidden">{t("import.problem")}</caption>
        <thead>
          <tr>
            <th scope="col" class="end">
              {t("import.line")}
            </th>
            <th scope="col">{t("import.problem")}</th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, 100).map((error) => (
            <tr key={`${error.row}-${error.field}-${error.code}`}>
              <td class="end number tight">{lineOf(error.row)}</td>
              <td>
                {tMaybe(`import.code.${error.code}`, {
                  field: tMaybe(`people.${error.field}`) ?? tMaybe(`common.${error.field}`) ?? error.field ?? "",
                  line: error.first_row ? lineOf(error.first_row) : "",
                }) ?? error.code}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
