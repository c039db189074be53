import { Archive, ArchiveRestore, KeyRound, Pencil } from "lucide-preact";
import { Avatar } from "../../../ui/Avatar";
import { Button } from "../../../ui/Button";
import { State } from "../../../ui/State";
import type { Person } from "../data/people";
import { may } from "../../../platform/session";
import { personNow as PersonNow } from "../slots";
import { t } from "../words";
import { Table } from "../../../ui/Table";

interface PeopleTableProps {
  rows: Person[];
  onEdit: (person: Person) => void;
  onArchive: (person: Person) => void;
}

export function PeopleTable({ rows, onEdit, onArchive }: PeopleTableProps) {
  return (
    <div class="table-wrap">
      <Table
        caption={t("people.title")}
        columns={[
          { title: t("common.name") },
          { title: t("people.now") },
          { title: t("people.email") },
          { title: t("people.phone") },
          { title: t("people.account") },
          { title: t("common.more"), isHidden: true },
        ]}
        hover
        cards
      >
        {rows.map((person) => {
          return (
            <tr key={person.id}>
              <td>
                <a class="row-link cluster-tight" href={`/people/${person.id}`}>
                  <Avatar name={person.name} />
                  <span class="truncate">{person.name}</span>
                </a>
              </td>
              <td>
                <PersonNow personId={person.id} />
              </td>
              <td class="soft">{person.email && <span class="truncate">{person.email}</span>}</td>
              <td class="soft number">{person.phone}</td>
              <td>
                {person.user_id && (
                  <State meaning="calm" icon={KeyRound}>
                    {t("people.hasAccount")}
                  </State>
                )}
              </td>
              <td class="end tight card-corner">
                {may("operator") && !person.erased_at && (
                  <>
                    <Button
                      small
                      variant="ghost"
                      icon={Pencil}
                      label={`${t("common.edit")}: ${person.name}`}
                      onClick={() => onEdit(person)}
                    />
                    <Button
                      small
                      variant="ghost"
                      icon={person.archived_at ? ArchiveRestore : Archive}
                      label={`${t(person.archived_at ? "common.restore" : "common.archive")}: ${person.name}`}
                      onClick={() => onArchive(person)}
                    />
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </Table>
    </div>
  );
}
