import type { ComponentChildren } from "preact";

export interface Column {
  title?: ComponentChildren;
  /** Only screen readers are told the title. */
  isHidden?: boolean;
  class?: string;
}

interface TableProps {
  /** Only screen readers are told it: what stands above says the same. */
  caption: ComponentChildren;
  columns?: readonly Column[];
  /** The rows, as `tr`. */
  children: ComponentChildren;
  foot?: ComponentChildren;
  /** A row is more than its text: it shows where the pointer is. */
  hover?: boolean;
  /** On a phone each row becomes a card. */
  cards?: boolean;
  class?: string;
}

/** Rows under headings. */
export function Table({ caption, columns, children, foot, hover, cards, class: own }: TableProps) {
  const names = ["table", hover && "table-hover", cards && "table-cards", own];
  return (
    <table class={names.filter(Boolean).join(" ")}>
      <caption class="visually-hidden">{caption}</caption>
      {columns && (
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col" class={column.class}>
                {column.isHidden ? <span class="visually-hidden">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>{children}</tbody>
      {foot && <tfoot>{foot}</tfoot>}
    </table>
  );
}
