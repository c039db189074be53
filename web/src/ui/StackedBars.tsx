import { useState } from "preact/hooks";
import { t } from "../platform/i18n";
import { Dot } from "./Dot";
import { Table } from "./Table";

export interface Series {
  id: string;
  name: string;
  colour: string;
  /** One value a column. */
  values: number[];
}

interface StackedBarsProps {
  caption: string;
  columns: { id: string; title: string; short: string; href?: string }[];
  series: Series[];
  format: (value: number) => string;
  /** As format, shorter. */
  formatAxis: (value: number) => string;
  /** A round number for the lines across. */
  step: (most: number) => number;
}

const WIDTH = 960;
const HEIGHT = 220;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 10;

/** Columns of stacked values, and the same numbers as a table for whoever would rather read. */
export function StackedBars({ caption, columns, series, format, formatAxis, step }: StackedBarsProps) {
  const [hovered, setHovered] = useState<number>();
  const totals = columns.map((_, at) => series.reduce((sum, each) => sum + (each.values[at] ?? 0), 0));
  const most = Math.max(...totals, 1);
  const line = step(most);
  const top = Math.ceil(most / line) * line;
  const plot = HEIGHT - BOTTOM - TOP;
  const y = (value: number) => TOP + plot - (value / top) * plot;
  const slot = (WIDTH - LEFT) / columns.length;
  const bar = Math.max(3, Math.min(44, slot * 0.66));
  const every = Math.ceil(columns.length / 16);
  const lines = Array.from({ length: Math.round(top / line) + 1 }, (_, at) => at * line);
  return (
    <figure class="chart">
      <figcaption class="visually-hidden">{caption}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="chart-svg" aria-hidden="true">
        {lines.map((value) => (
          <g key={value}>
            <line class="chart-line" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text class="chart-text chart-text-end" x={LEFT - 8} y={y(value) + 4}>
              {formatAxis(value)}
            </text>
          </g>
        ))}
        {columns.map((column, at) => {
          const x = LEFT + slot * at + (slot - bar) / 2;
          let reached = 0;
          return (
            <g key={column.id} onPointerEnter={() => setHovered(at)} onPointerLeave={() => setHovered(undefined)}>
              <rect class="chart-slot" x={LEFT + slot * at} y={TOP} width={slot} height={plot} />
              {series.map((each) => {
                const value = each.values[at] ?? 0;
                if (!value) return null;
                reached += value;
                return (
                  <rect
                    key={each.id}
                    x={x}
                    y={y(reached)}
                    width={bar}
                    height={Math.max(0.5, y(reached - value) - y(reached) - 0.75)}
                    fill={each.colour}
                    rx="1.5"
                  />
                );
              })}
              {at % every === 0 && (
                <text class="chart-text chart-text-middle" x={LEFT + slot * (at + 0.5)} y={HEIGHT - 6}>
                  {column.short}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p class="chart-readout number" aria-hidden="true">
        {hovered !== undefined && (
          <>
            <strong>{columns[hovered]!.title}</strong> {format(totals[hovered]!)}
            {series.map((each) =>
              each.values[hovered] ? (
                <span key={each.id} class="cluster-tight">
                  <Dot colour={each.colour} /> {each.name} {format(each.values[hovered])}
                </span>
              ) : null,
            )}
          </>
        )}
      </p>
      <ul class="legend">
        {series.map((each) => (
          <li key={each.id} class="cluster-tight">
            <Dot colour={each.colour} />
            <span>{each.name}</span>
            <span class="soft number">{format(each.values.reduce((sum, value) => sum + value, 0))}</span>
          </li>
        ))}
      </ul>
      <details class="chart-table">
        <summary>{t("reports.asTable")}</summary>
        <div class="table-wrap" tabIndex={0} role="group" aria-label={caption}>
          <Table
            caption={caption}
            columns={[
              { title: t("entry.startDay") },
              ...series.map((each) => ({ title: each.name, class: "end" })),
              { title: t("ts.total"), class: "end" },
            ]}
          >
            {columns.map((column, at) => (
              <tr key={column.id}>
                <th scope="row">{column.href ? <a href={column.href}>{column.title}</a> : column.title}</th>
                {series.map((each) => (
                  <td key={each.id} class="end number">
                    {each.values[at] ? format(each.values[at]) : "·"}
                  </td>
                ))}
                <td class="end number strong">{format(totals[at]!)}</td>
              </tr>
            ))}
          </Table>
        </div>
      </details>
    </figure>
  );
}
