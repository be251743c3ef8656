import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from "kysely";
import type { Kind } from "../database.ts";

/** A column and what it holds: text or a whole number of up to 53 bits; `?` where it may be null. */
export type Columns = Readonly<Record<string, "text" | "text?" | "whole" | "whole?">>;

export interface Table {
  readonly columns: Columns;
  readonly key: readonly string[];
}

export interface Index {
  readonly on: string;
  readonly columns: readonly string[];
  readonly isUnique?: true;
  /** Only rows of which this is true, as it is written in SQL. */
  readonly where?: string;
}

interface Types {
  readonly text: RawBuilder<unknown>;
  readonly whole: RawBuilder<unknown>;
  /** At the end of a table. */
  readonly end: RawBuilder<unknown>;
}

const TYPES: Readonly<Record<Kind, Types>> = {
  // Bytes decide the order of text in both: pages of a list begin where the one before ended, whatever the locale.
  postgres: { text: sql`text collate "C"`, whole: sql`bigint`, end: sql`` },
  // https://www.sqlite.org/stricttables.html
  sqlite: { text: sql`text`, whole: sql`integer`, end: sql`strict` },
};

// biome-ignore lint/suspicious/noExplicitAny: a migration's tables are those of its own time; kysely types it so
export type AnyTables = Kysely<any>;

/** Makes a table. Its column `run` is a run's id: such rows go with their run. */
export async function createTable(db: AnyTables, kind: Kind, name: string, { columns, key }: Table): Promise<void> {
  const types = TYPES[kind];
  let table: CreateTableBuilder<string, string> = db.schema.createTable(name).modifyEnd(types.end);
  for (const [column, holds] of Object.entries(columns)) {
    const type = holds.startsWith("text") ? types.text : types.whole;
    table = table.addColumn(column, sql`${type}`, (built) => {
      const made = holds.endsWith("?") ? built : built.notNull();
      return column === "run" ? made.references("runs.id").onDelete("cascade") : made;
    });
  }
  await table.addPrimaryKeyConstraint(`${name}_key`, [...key]).execute();
}

export async function createIndex(db: AnyTables, name: string, { on, columns, isUnique, where }: Index): Promise<void> {
  let index = db.schema
    .createIndex(name)
    .on(on)
    .columns(columns.map((column) => sql.ref(column)));
  if (isUnique) index = index.unique();
  if (where !== undefined) index = index.where(sql<boolean>`${sql.raw(where)}`);
  await index.execute();
}
