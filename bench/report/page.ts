import { write } from "../../scripts/support/generated.ts";
import { type CaseRecord, reportOf } from "./records.ts";

/** Writes results into docs/performance.md, between its comments. */
export function renewPage(records: readonly CaseRecord[]): Promise<void> {
  return write({ page: "docs/performance.md", script: "bench/main.ts --write", text: () => reportOf(records) });
}
