import assert from "node:assert/strict";

/** A line of a page's output that stands for any others. */
const OMITTED = "…";

/**
 * Holds what a page says that a command prints against what it printed. Times, sizes and the order of lines may differ:
 * images are on their way side by side.
 */
export function assertOutput(actual: string, shown: string, where: string): void {
  const printed = linesOf(actual);
  const expected = linesOf(shown);
  if (!expected.includes(OMITTED)) {
    assert.deepEqual(printed, expected, where);
    return;
  }
  const missing = expected.filter((line) => line !== OMITTED && !printed.includes(line));
  assert.deepEqual(missing, [], `${where}: not in\n${actual}`);
}

function linesOf(output: string): readonly string[] {
  return output
    .split("\n")
    .map(withoutMeasures)
    .filter((line) => line !== "")
    .sort();
}

function withoutMeasures(line: string): string {
  return line
    .trim()
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/"seconds": [\d.]+|\b[\d.]+ s$/g, "SECONDS")
    .replace(/(?: {2}| · )[\d.]+ [kMGT]?B(?: (?:sent|mounted))?/g, "")
    .replace(/[\d.]+ [kMGT]?B free/g, "ROOM free")
    .replace(/"(bytes\w+|requests)": \d+/g, '"$1": N')
    .replace(/^(✓ Node\.js\s+).*/, "$1VERSION")
    .replace(/\([\d.]+ port \d+\) \([^)]+\)$/, "(WHERE)")
    .replace(/ {2,}/g, "  ");
}
