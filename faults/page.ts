import { type Generated, table as markdown, write } from "../scripts/support/generated.ts";
import type { Result } from "./play.ts";
import type { Row } from "./row.ts";

/** The results of a run. */
export interface Table {
  readonly rows: readonly Row[];
  /** Slipway first. */
  readonly columns: readonly { readonly name: string; readonly version: string }[];
  readonly result: (row: string, column: string) => Result;
}

const PAGE = "docs/faults.md";
const SCRIPT = "faults/main.ts --write";

/** The table that is printed and published. */
export function resultsTable({ rows, columns, result }: Table): string {
  const [own, ...peers] = columns;
  const head = ["", "injected", "required", own?.version ?? "", "figure", ...peers.map(({ version }) => version)];
  return markdown(
    head,
    rows.map((row) => {
      const ours = result(row.id, own?.name ?? "");
      return [
        ...begin(row),
        cellOfSlipway(ours),
        figure(ours),
        ...peers.map(({ name }) => cellOfPeer(result(row.id, name))),
      ];
    }),
  );
}

/** How the line of a row begins, whatever the results are. */
export function begin({ id, injected, required }: Row): readonly string[] {
  return [id, injected, required];
}

/** Writes the results, with the day, into the page. */
export async function renewPage(table: Table): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const [bad, faults] = ["S", "F"].map((letter) =>
    resultsTable({ ...table, rows: table.rows.filter(({ id }) => id.startsWith(letter)) }),
  );
  const text = () => `Run on ${day}.\n\n## Attacks and bad input\n\n${bad}\n\n## Faults\n\n${faults}`;
  const page: Generated = { page: PAGE, script: SCRIPT, text };
  await write(page);
}

function cellOfSlipway(result: Result): string {
  if (result.kind !== "judged") return cellOfPeer(result);
  const { broken, happened } = result.verdict;
  return broken.length === 0 ? `ok: ${happened}` : `**fails**: it is not so that ${broken.join("; ")}`;
}

function cellOfPeer(result: Result): string {
  if (result.kind === "none") return "–";
  if (result.kind === "hung") return `hangs > ${result.seconds} s`;
  const { broken, figure } = result.verdict;
  // what a run cost that led nowhere says nothing
  const measured = figure === "" || broken.includes("it ends well") ? [] : [figure];
  return [broken.length === 0 ? "ok" : "fails", ...measured].join(", ");
}

function figure(result: Result): string {
  return result.kind === "judged" ? result.verdict.figure : "";
}
