import { TriangleAlert } from "lucide-preact";
import { Dot } from "../../../ui/Dot";
import { t } from "../words";
import { formatDuration } from "../../../platform/durations";
import type { GridRow, gridOf } from "./timesheet";
import { Table } from "../../../ui/Table";
import "./timesheet.css";

export interface Column {
  id: string;
  title: string;
  subtitle: string;
  isToday?: boolean;
}

interface GridProps {
  caption: string;
  heading: string;
  columns: Column[];
  grid: ReturnType<typeof gridOf>;
  hasDots: boolean;
  hrefOf: (row: GridRow | null, column: Column) => string;
}

/** Rows × days with sums; a cell opens the day. */
export function Grid({ caption, heading, columns, grid, hasDots, hrefOf }: GridProps) {
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={caption}>
      <Table
        caption={caption}
        columns={[
          { title: heading },
          ...columns.map((column) => ({
            title: (
              <>
                {column.title} <span class="nowrap">{column.subtitle}</span>
              </>
            ),
            class: column.isToday ? "end is-today" : "end",
          })),
          { title: t("ts.total"), class: "end" },
        ]}
        class="grid-table"
        foot={
        <tr>
          <th scope="row">{t("ts.total")}</th>
          {columns.map((column) => (
            <td key={column.id} class="end number">
              <a class="cell" href={hrefOf(null, column)}>
                {formatDuration(grid.totals.get(column.id) ?? 0)}
              </a>
            </td>
          ))}
          <td class="end number">{formatDuration(grid.seconds)}</td>
        </tr>
        }
      >
        {grid.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" class="grid-name">
              <span class="cluster-tight">
                {hasDots && <Dot colour={row.colour} />}
                <span class="truncate" title={row.name ?? undefined}>
                  {row.name ?? t(hasDots ? "time.noProject" : "today.unassignedRow")}
                </span>
              </span>
            </th>
            {columns.map((column) => {
              const cell = row.cells.get(column.id);
              const title = `${row.name ?? ""} ${column.title} ${column.subtitle}`;
              return (
                <td key={column.id} class={cell ? "end number" : "end is-empty"}>
                  <a class="cell" href={hrefOf(row, column)} aria-label={cell ? undefined : title}>
                    {cell?.flagged && (
                      <>
                        <TriangleAlert class="icon" aria-hidden="true" />
                        <span class="visually-hidden">{t("ts.flagged")} </span>
                      </>
                    )}
                    <span class={cell?.running ? "is-running" : undefined}>
                      {cell ? formatDuration(cell.seconds) : "·"}
                    </span>
                  </a>
                </td>
              );
            })}
            <td class="end number strong">{formatDuration(row.seconds)}</td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
