import { Archive, ArchiveRestore, Pencil, Plus } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { ListFoot } from "../../../ui/ListFoot";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { Tabs } from "../../../ui/Tabs";
import { useNewShortcut } from "../../../ui/useNewShortcut";
import { archivePlace, usePlacePages, type Place } from "../data/places";
import { may } from "../../../platform/session";
import { t } from "../words";
import { PlaceDialog } from "./PlaceDialog";
import { Table } from "../../../ui/Table";

export function PlacesPage() {
  const isArchived = useLocation().query["show"] === "archived";
  const [editing, setEditing] = useState<Place | "new">();
  const pages = usePlacePages(isArchived);
  useNewShortcut(() => setEditing("new"), may("operator"));
  const archive = (place: Place) =>
    void actAtOnce({
      show: () => pages.patch((rows) => rows.filter(({ id }) => id !== place.id)),
      act: () => archivePlace(place.id, !isArchived),
      said: t(isArchived ? "places.restored" : "places.archived", { name: place.name }),
      undo: () => archivePlace(place.id, isArchived).then(pages.reload),
    });
  const add = may("operator") && (
    <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
      {t("places.add")}
    </Button>
  );
  return (
    <Page title={t("places.title")} actions={add}>
      <div class="stack">
        <Tabs
          label={t("places.title")}
          current={isArchived ? "archived" : "active"}
          tabs={[
            { id: "active", href: "/places", title: t("places.active") },
            { id: "archived", href: "/places?show=archived", title: t("common.archived") },
          ]}
        />
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel">
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length > 0 ? (
            <Rows rows={pages.rows} onEdit={setEditing} onArchive={archive} />
          ) : isArchived ? (
            <Empty picture="place" title={t("places.emptyArchived")} />
          ) : (
            <Empty picture="place" title={t("places.empty")} action={add}>
              {t("places.emptyText")}
            </Empty>
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {editing && (
        <PlaceDialog
          place={editing === "new" ? null : editing}
          onSaved={pages.reload}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}

interface TableProps {
  rows: Place[];
  onEdit: (place: Place) => void;
  onArchive: (place: Place) => void;
}

function Rows({ rows, onEdit, onArchive }: TableProps) {
  return (
    <Table
      caption={t("places.title")}
      columns={[
        { title: t("common.name") },
        { title: t("places.devices") },
        { title: t("common.more"), isHidden: true },
      ]}
      hover
      cards
    >
      {rows.map((place) => (
        <tr key={place.id}>
          <td class="strong">{place.name}</td>
          <td>
            {place.devices.length === 0 ? (
              <span class="faint">{t("places.noDevices")}</span>
            ) : (
              <span class="cluster">
                {place.devices.map(({ id, name }) => (
                  <a key={id} href={`/devices/${id}`}>
                    {name}
                  </a>
                ))}
              </span>
            )}
          </td>
          <td class="end tight card-corner">
            {may("operator") && (
              <>
                <Button
                  small
                  variant="ghost"
                  icon={Pencil}
                  label={`${t("common.edit")}: ${place.name}`}
                  onClick={() => onEdit(place)}
                />
                <Button
                  small
                  variant="ghost"
                  icon={place.archived_at ? ArchiveRestore : Archive}
                  label={`${t(place.archived_at ? "common.restore" : "common.archive")}: ${place.name}`}
                  onClick={() => onArchive(place)}
                />
              </>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
