import { readFile, writeFile } from "node:fs/promises";
import type { Result } from "../measure/rounds.ts";
import { CASES } from "../work/cases/index.ts";
import { caseReport } from "./case-report.ts";

/** What was measured of a case, and on what. */
export interface CaseRecord {
  readonly name: string;
  readonly title: string;
  /** `2026-11-22` */
  readonly day: string;
  /** Of the machine in the minute before: above 1, somebody else works on it. */
  readonly load: number;
  readonly machine: string;
  /** With their versions. */
  readonly tools: string;
  readonly results: readonly Result[];
}

/** Results that are kept, so that a benchmark can be run in pieces. */
export async function readRecords(file: string): Promise<readonly CaseRecord[]> {
  const { cases }: { readonly cases: readonly CaseRecord[] } = JSON.parse(await readFile(file, "utf8"));
  return cases;
}

/** Adds a case to those that a file keeps; one that is there already is replaced. */
export async function keepRecord(file: string, record: CaseRecord): Promise<void> {
  const known = await readRecords(file).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const cases = [...known.filter(({ name }) => name !== record.name), record];
  await writeFile(file, `${JSON.stringify({ cases }, undefined, 2)}\n`);
}

/** The tables of cases in the benchmark's order, under what they were measured on. */
export function reportOf(records: readonly CaseRecord[]): string {
  const known = CASES.flatMap((one) => {
    const record = records.find(({ name }) => name === one.name);
    return record === undefined ? [] : [{ one, record }];
  });
  const machines = Map.groupBy(known, ({ record }) => `${record.day}: ${record.machine}; ${record.tools}.`);
  const heads = [...machines].map(([head, cases]) =>
    machines.size === 1 ? head : `${head} (${cases.map(({ one }) => one.name).join(", ")})`,
  );
  const loads = records.map(({ load }) => load);
  const sections = known.map(
    ({ one, record }) => `### ${one.name}: ${record.title}\n\n${caseReport(record.results, one.bars)}`,
  );
  return [heads.join("\n\n"), loadLine(Math.min(...loads), Math.max(...loads)), ...sections].join("\n\n");
}

/** Whether figures can be trusted: ratios still can where seconds cannot. */
export function loadLine(least: number, most: number): string {
  const range = least === most ? most.toFixed(1) : `${least.toFixed(1)} to ${most.toFixed(1)}`;
  const base = `The machine's load before a case: ${range}.`;
  return most <= 1
    ? base
    : `${base} **Others worked on it, too: seconds are more than they would be alone; compare within a table.**`;
}
