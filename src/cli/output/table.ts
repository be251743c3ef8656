import { displayWidth, padEnd, padStart } from "./width.ts";

export interface Column {
  readonly align?: "start" | "end";
}

/** Rows as lines with their columns under each other, two spaces between; the last column is not padded. */
export function tableLines(rows: readonly (readonly string[])[], columns: readonly Column[] = []): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(...rows.map((row) => displayWidth(row[at] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        if (columns[at]?.align === "end") return padStart(cell, widths[at] ?? 0);
        return at === row.length - 1 ? cell : padEnd(cell, widths[at] ?? 0);
      })
      .join("  ")
      .trimEnd(),
  );
}
