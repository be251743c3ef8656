import type { Adapted } from "../../copy/adapt/adapted.ts";
import type { Difference } from "../../copy/difference.ts";
import type { Outcome } from "../../copy/outcome.ts";
import type { Plan } from "../../copy/plan.ts";
import type { Delivery } from "../../notify/index.ts";
import type { RateLimit } from "../../registry/rate-limit.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type FailureJson, failureJson } from "../output/failure.ts";
import { writeText } from "../output/file.ts";
import { type NotificationJson, notificationsJson } from "./notifications.ts";

/** What a run left behind, for programs. `version` changes when a reader of version 1 could misread it. */
export interface Report {
  readonly version: 1;
  readonly command: string;
  readonly ok: boolean;
  readonly outcomes: readonly OutcomeJson[];
  readonly totals: Totals;
  /** Of hosts that tell a limit. */
  readonly allowances?: readonly Allowance[];
  /** With a dry run: what would be done. */
  readonly plan?: Plan;
  /** With `--check`. */
  readonly differences?: readonly Difference[];
  /** What stopped the command as a whole. */
  readonly errors?: readonly FailureJson[];
  /** Who was told, where anybody wanted to be. */
  readonly notifications?: readonly NotificationJson[];
}

export interface OutcomeJson {
  readonly source: string;
  readonly destination: string;
  readonly status: Outcome["status"];
  readonly digest?: string;
  /** Why it was skipped, as a stable word. */
  readonly reason?: string;
  /** How what is there differs from what the source has. */
  readonly adapted?: Adapted;
  readonly error?: FailureJson;
  readonly attempts: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly bytesMounted: number;
  readonly bytesSkipped: number;
}

/** Bytes; seconds with fractions. */
export interface Totals {
  readonly copied: number;
  readonly skipped: number;
  readonly failed: number;
  /** Tags that were taken away; left out where there were none. */
  readonly removed?: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly requests: number;
  readonly seconds: number;
}

/** What the outcomes do not tell. */
export interface RunFacts {
  readonly requests: number;
  readonly seconds: number;
  readonly allowances?: readonly Allowance[];
}

/** What a host said is left of what it allows. */
export interface Allowance extends RateLimit {
  readonly host: string;
}

const NO_RUN: RunFacts = { requests: 0, seconds: 0 };

export function totalsOf(outcomes: readonly Outcome[], { requests, seconds }: RunFacts): Totals {
  const count = (status: Outcome["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  const removed = count("removed");
  const sum = (bytes: "bytesRead" | "bytesWritten") => outcomes.reduce((total, outcome) => total + outcome[bytes], 0);
  return {
    copied: count("copied"),
    skipped: count("skipped"),
    failed: count("failed"),
    ...(removed > 0 && { removed }),
    bytesRead: sum("bytesRead"),
    bytesWritten: sum("bytesWritten"),
    requests,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}

export function outcomeJson(outcome: Outcome, words: Words): OutcomeJson {
  return {
    source: outcome.source,
    destination: outcome.destination,
    status: outcome.status,
    ...(outcome.digest !== undefined && { digest: outcome.digest }),
    ...(outcome.status === "skipped" && { reason: outcome.reason }),
    ...("adapted" in outcome && outcome.adapted !== undefined && { adapted: outcome.adapted }),
    ...(outcome.status === "failed" && { error: failureJson(outcome.error, words) }),
    attempts: outcome.attempts,
    bytesRead: outcome.bytesRead,
    bytesWritten: outcome.bytesWritten,
    bytesMounted: outcome.bytesMounted,
    bytesSkipped: outcome.bytesSkipped,
  };
}

/** What a report is made of. */
export interface ReportMaterial {
  readonly outcomes: readonly Outcome[];
  readonly facts: RunFacts;
  /** What ended the run as a whole. */
  readonly stops: readonly SlipwayError[];
  readonly plan?: Plan;
  readonly differences?: readonly Difference[];
  readonly notified?: readonly Delivery[];
}

export function reportOf(command: string, material: ReportMaterial, words: Words): Report {
  const { outcomes, facts, stops, plan, differences, notified } = material;
  return {
    version: 1,
    command,
    ok: stops.length === 0 && outcomes.every((outcome) => outcome.status !== "failed"),
    outcomes: outcomes.map((outcome) => outcomeJson(outcome, words)),
    totals: totalsOf(outcomes, facts),
    ...(facts.allowances !== undefined && { allowances: facts.allowances }),
    ...(plan !== undefined && { plan }),
    ...(differences !== undefined && { differences }),
    ...(stops.length > 0 && { errors: stops.map((error) => failureJson(error, words)) }),
    ...notificationsJson(notified, words),
  };
}

/** The report of a command that could not do its work at all. */
export function errorReport(
  command: string,
  stops: readonly SlipwayError[],
  words: Words,
  notified: readonly Delivery[] = [],
): Report {
  return reportOf(command, { outcomes: [], facts: NO_RUN, stops, notified }, words);
}

export function reportText(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** @throws FILE_UNWRITABLE */
export async function writeReport(file: string, report: Report): Promise<void> {
  await writeText(file, reportText(report));
}
