import { parseArgs } from "node:util";
import type { Row } from "./row.ts";
import { ROWS } from "./rows/index.ts";

export const USAGE = `npm run faults -- [OPTION...] [ROW...]

  ROW       only these, such as F1 S7; default: all
  --write   put the results into docs/faults.md; only with all rows
  --alone   Slipway alone; default: also skopeo, crane, oras and regctl, where they are on PATH
  --help

Rows: ${ROWS.map(({ id }) => id).join(" ")}`;

export interface FaultsOptions {
  readonly rows: readonly Row[];
  readonly write: boolean;
  readonly alone: boolean;
}

/** @returns nothing when help is asked for. @throws on anything unknown */
export function readOptions(args: readonly string[]): FaultsOptions | undefined {
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { write: flag, alone: flag, help: flag },
  });
  if (values.help) return undefined;
  const unknown = positionals.filter((name) => !ROWS.some(({ id }) => id === name));
  if (unknown.length > 0)
    throw new RangeError(`${unknown.join(", ")}: there are ${ROWS.map(({ id }) => id).join(" ")}`);
  if (values.write && positionals.length > 0) throw new RangeError("--write needs all rows: name none");
  const rows = positionals.length === 0 ? ROWS : ROWS.filter(({ id }) => positionals.includes(id));
  return { rows, write: values.write, alone: values.alone };
}
