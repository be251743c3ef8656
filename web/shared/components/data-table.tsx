import type { ReactNode } from "react";
import { useMedia, WIDE } from "../use-media.ts";
import { classNames } from "./class-names.ts";

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Right, for numbers. */
  readonly alignment?: "right";
  /** Short texts that are not to be broken. */
  readonly isShort?: boolean;
  /** Its header is long: in a card it stands above the value instead of beside it. */
  readonly hasLongHeader?: boolean;
}

export interface DataTableProps<Row> {
  /** What the rows are; heard, not seen. */
  readonly caption: string;
  /** The first one names its row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** Rows and columns where there is room for them, and else a card for each row. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  return useMedia(WIDE) ? <Wide {...props} /> : <Narrow {...props} />;
}

function Wide<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>): ReactNode {
  const [first, ...others] = columns;
  if (first === undefined) return null;
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={classNames("px-4 py-3 font-medium", lookOf(column))}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={keyOf(row)} className="align-top">
              <th scope="row" className="px-4 py-3.5 font-medium">
                {first.cell(row)}
              </th>
              {others.map((column) => (
                <td key={column.id} className={classNames("px-4 py-3.5", lookOf(column))}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Narrow<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>): ReactNode {
  const [first, ...others] = columns;
  return (
    <ul aria-label={caption} className="grid gap-4 sm:grid-cols-2">
      {rows.map((row) => (
        <li key={keyOf(row)} className="rounded-card border border-line bg-surface p-4">
          <div className="font-medium">{first?.cell(row)}</div>
          <dl className="mt-3 flex flex-col gap-3 text-sm">
            {others.map(({ id, header, hasLongHeader, cell }) => (
              <div
                key={id}
                className={hasLongHeader ? "flex flex-col gap-0.5" : "grid grid-cols-[6rem_minmax(0,1fr)] gap-3"}
              >
                <dt className="text-muted">{header}</dt>
                <dd>{cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function lookOf<Row>({ alignment, isShort }: Column<Row>): string {
  return classNames(alignment === "right" && "text-right tabular-nums", isShort ? "whitespace-nowrap" : "min-w-28");
}
