import { Trash2, TriangleAlert } from "lucide-preact";
import { Button } from "../../../ui/Button";
import { State } from "../../../ui/State";
import type { ImportProblem, PersonInput } from "../data/people";
import { t } from "../words";
import { Table } from "../../../ui/Table";
import "./people.css";

interface BadRowsProps {
  people: PersonInput[];
  errors: ImportProblem[];
  onChange: (at: number, person: PersonInput) => void;
  onRemove: (at: number) => void;
}

const FIELDS = ["name", "email", "phone"] as const;

/** Every row that cannot be taken, with what is wrong, to be put right in place. */
export function BadRows({ people, errors, onChange, onRemove }: BadRowsProps) {
  const rows = [...new Set(errors.map(({ row }) => row))];
  return (
    <div class="table-wrap import-rows">
      <Table
        caption={t("import.badRows")}
        columns={[
          { title: t("import.row"), class: "end" },
          ...FIELDS.map((field) => ({ title: t(`import.field.${field}`) })),
          { title: t("import.wrong") },
          { title: t("common.more"), isHidden: true },
        ]}
        cards
      >
        {rows.map((row) => {
          const person = people[row - 1]!;
          const own = errors.filter((error) => error.row === row);
          return (
            <tr key={row}>
              <td class="end number faint" data-label={t("import.row")}>
                {row}
              </td>
              {FIELDS.map((field) => (
                <td key={field}>
                  <input
                    class="input"
                    aria-label={t("import.cell", { field: t(`import.field.${field}`), row })}
                    aria-invalid={own.some((error) => error.field === field) || undefined}
                    value={person[field]}
                    onInput={(event) => onChange(row - 1, { ...person, [field]: event.currentTarget.value })}
                  />
                </td>
              ))}
              <td>
                {own.map((error) => (
                  <div key={`${error.field}${error.code}`}>
                    <State meaning="attention" icon={TriangleAlert}>
                      {words(error)}
                    </State>
                  </div>
                ))}
              </td>
              <td class="tight card-corner">
                <Button
                  small
                  variant="ghost"
                  icon={Trash2}
                  label={t("import.remove", { row })}
                  onClick={() => onRemove(row - 1)}
                />
              </td>
            </tr>
          );
        })}
      </Table>
    </div>
  );
}

function words({ field, code, first_row }: ImportProblem): string {
  if (!field) return t("import.error.not_an_object");
  const name = t(`import.field.${field}`);
  if (code === "repeated") return t("import.error.repeated", { field: name, row: first_row ?? "?" });
  return t(`import.error.${code}`, { field: name });
}
