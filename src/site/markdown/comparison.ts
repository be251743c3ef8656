import { type ComparisonRow, comparisonRows, NOTHING, type Rating } from "../sources/comparison.ts";
import type { SiteWords } from "../words.ts";
import { code, link, plain, table } from "./escape.ts";
import type { Section } from "./facts.ts";

type Column = (typeof COLUMNS)[number];

const COLUMNS = [
  "name",
  "image",
  "audience",
  "speed",
  "inStep",
  "lag",
  "lastSync",
  "stability",
  "limits",
  "state",
] as const;

/** The table of the sources, with when it was measured. A column in which nothing is said is left out. */
export const comparison: Section = ({ data, status }, words) => {
  const rows = comparisonRows(data, status, words.language);
  const isAmiss = rows.some(({ source }) => source.state.kind !== "active");
  const cells = COLUMNS.map((column) => ({ column, cells: rows.map((row) => cellOf(row, column)) })).filter(
    ({ column, cells }) => !isSilent(column, cells, { isAmiss, isMeasured: status !== undefined }),
  );
  const head = cells.map(({ column }) => words.text(`site.column.${column}`));
  const shown = table(
    head,
    rows.map((_, index) => cells.map((one) => one.cells[index] ?? NOTHING)),
  );
  return [shown, ...notesOf(rows), measuredLine(words, status?.generated_ts)].join("\n\n");
};

function isSilent(
  column: Column,
  cells: readonly string[],
  { isAmiss, isMeasured }: { readonly isAmiss: boolean; readonly isMeasured: boolean },
): boolean {
  if (column === "state") return !isAmiss;
  if (column === "inStep") return !isMeasured;
  return cells.every((cell) => cell === NOTHING);
}

function cellOf(row: ComparisonRow, column: Column): string {
  switch (column) {
    case "name":
      return row.page === undefined ? `**${plain(row.name)}**` : `**${link(plain(row.name), row.page)}**`;
    case "image":
      return code(row.image);
    case "speed":
    case "stability":
      return starsText(row[column]);
    case "lastSync":
      return row.lastSync === undefined ? NOTHING : instantText(row.lastSync);
    default:
      return plain(row[column]);
  }
}

function starsText(rating: Rating): string {
  return rating.kind === "stars" ? "★".repeat(rating.stars) + "☆".repeat(5 - rating.stars) : NOTHING;
}

function notesOf(rows: readonly ComparisonRow[]): readonly string[] {
  const notes = rows.flatMap(({ name, note }) => (note === undefined ? [] : [`- **${plain(name)}**: ${plain(note)}`]));
  return notes.length === 0 ? [] : [notes.join("\n")];
}

function measuredLine(words: SiteWords, generated: number | undefined): string {
  if (generated === undefined) return words.text("site.markdown.unmeasured");
  return words.text("site.markdown.measured", { time: instantText(generated * 1000) });
}

/** `2026-02-01 12:00 UTC` @param instant milliseconds since 1970 */
function instantText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
