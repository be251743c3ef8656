import { type RawBuilder, sql } from "kysely";
import type { Kind } from "../database.ts";

/** What the columns of rows hold, in their order. */
type Columns<Name extends string> = Readonly<Record<Name, "text" | "whole">>;

/** Their names, in the same order. */
export function columnsOf<Name extends string>(columns: Columns<Name>): readonly Name[] {
  return Object.keys(columns).filter((name): name is Name => name in columns);
}

type Value = string | number | null;

/** Rows that go into one statement. */
const AT_ONCE = 500;

/**
 * Rows as questions that give them, some hundreds each, for `insert`: one parameter whatever their number. Statements
 * of a thousand parameters made up a third of what a worker spent on its database.
 */
export function rowLists<Name extends string>(
  kind: Kind,
  columns: Columns<Name>,
  rows: readonly Readonly<Record<Name, Value>>[],
): readonly RawBuilder<unknown>[] {
  const names = columnsOf(columns);
  const values = names.map((name, at) => {
    const value = sql`value ->> ${sql.lit(at)}`;
    return columns[name] === "text" ? value : sql`cast(${value} as bigint)`;
  });
  return chunksOf(rows).map((some) => {
    const list = JSON.stringify(some.map((row) => names.map((name) => row[name])));
    const from =
      kind === "postgres" ? sql`jsonb_array_elements(cast(${list} as jsonb)) as list(value)` : sql`json_each(${list})`;
    // without a condition, SQLite takes what follows for one of a join: https://www.sqlite.org/lang_upsert.html
    return sql`select ${sql.join(values)} from ${from} where true`;
  });
}

function chunksOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / AT_ONCE);
  return Array.from({ length: count }, (_, at) => items.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
}
