import type { Selectable } from "kysely";
import { countsOf } from "./counts.ts";
import type { JobRecord, RunRecord, StoredError } from "./records.ts";
import type { Tables } from "./schema/tables.ts";

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

/** A row without what is null in it. */
type Known<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null>;
};

/** Leaves out what the database does not know, as records do. */
export function known<T extends object>(row: T): Known<T> {
  // The type says of each member what the filter does; Object.fromEntries cannot.
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Known<T>;
}

export function runOf(row: Row<"runs">): RunRecord {
  const { id, mirror, trigger, state, queuedAt, startedAt, endedAt, askedBy, tags, error } = known(row);
  return {
    id,
    mirror,
    trigger,
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
    ...(askedBy === undefined ? {} : { by: askedBy }),
    state,
    queuedAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    counts: countsOf(row),
    jobs: { total: row.jobsTotal, ended: row.jobsEnded },
    ...errorMember(error),
  };
}

/** A plan's tags are those of its run, which may have grown until it began. */
export function jobOf(row: Row<"jobs">, run: RunRecord): JobRecord {
  const { id, mirror, kind, state, attempts, referrerTags } = row;
  const tags = kind === "plan" ? run.tags : tagsOf(row.tags ?? "[]");
  return {
    id,
    run: run.id,
    mirror,
    kind,
    ...(tags === undefined ? {} : { tags }),
    ...(referrerTags === null ? {} : { referrerTags: tagsOf(referrerTags) }),
    state: state === "waiting" ? "ready" : state,
    attempts,
  };
}

/** A row with an `error` of JSON as a record with an error. */
export function withError<T extends { readonly error: string | null }>(row: T) {
  const { error, ...others } = row;
  return { ...known(others), ...errorMember(error ?? undefined) };
}

export function errorMember(json: string | undefined): { readonly error?: StoredError } {
  return json === undefined ? {} : { error: JSON.parse(json) };
}

export function errorText(error: StoredError | undefined): string | null {
  return error === undefined ? null : JSON.stringify(error);
}

/** @param json a list of names, as it was written */
export function tagsOf(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
