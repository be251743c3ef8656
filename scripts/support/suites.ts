import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec, type TestEvent } from "node:test/reporters";
import { inTurn, slowestFirst } from "./order.ts";
import type { Result, Section } from "./section.ts";
import { Tally } from "./tally.ts";

/** Where tests live. Every test file belongs to exactly one suite; test/house holds that. */
export const SUITES = {
  unit: ["src/**/*.test.ts", "scripts/**/*.test.ts", "bench/**/*.test.ts", "test/house/**/*.test.ts"],
  "end-to-end": ["test/*.test.ts", "test/!(house)/**/*.test.ts"],
  example: ["examples/**/*.test.ts"],
} as const;

/** A test file that takes longer hangs. */
const FILE_TIMEOUT_MILLISECONDS = 600_000;

/** What Node has stripped and compiled for one test file is there for the next: a quarter of what they cost. */
const COMPILED = join(import.meta.dirname, "../../node_modules/.cache/slipway-tests");

/** One file more than there are processors: some of it is always waiting, for a disk, a link or a clock. */
const FILES_AT_ONCE = Math.max(2, availableParallelism()) + 1;

/** The tests of some suites as one section; a suite without a test file fails. */
export function suiteSection(...names: readonly (keyof typeof SUITES)[]): Section {
  const suites = names.map((name) => ({ wanted: SUITES[name].join(" "), files: testFiles(SUITES[name]) }));
  const empty = suites.find(({ files }) => files.length === 0);
  const files = empty === undefined ? inTurn(suites.map((suite) => suite.files)) : [];
  return { name: `${names.join(", ")} tests`, run: () => runFiles(files, empty?.wanted ?? "") };
}

/** The test files of all suites whose path contains `text`, as a section; none is a failure. */
export function matchingSection(text: string): Section {
  const all = testFiles(Object.values(SUITES).flat());
  const files = all.filter((file) => file.includes(text));
  const name = `only the ${files.length} of ${all.length} test files whose path contains ${JSON.stringify(text)}`;
  return { name, run: () => runFiles(files, text) };
}

/** Paths from the checkout's root, sorted. */
export function testFiles(patterns: readonly string[]): readonly string[] {
  return globSync([...patterns]).sort();
}

async function runFiles(files: readonly string[], wanted: string): Promise<Result> {
  if (files.length === 0) {
    return { passed: 0, failures: [{ title: `test files: ${wanted}`, detail: "there is none" }] };
  }
  const tally = new Tally();
  const people = new spec();
  people.on("data", (lines) => process.stdout.write(lines));
  process.env.NODE_COMPILE_CACHE ??= COMPILED;
  const options = { concurrency: FILES_AT_ONCE, timeout: FILE_TIMEOUT_MILLISECONDS };
  for await (const event of run({ files: [...slowestFirst(files)], ...options })) {
    tally.add(event);
    if (!isTotal(event)) people.write(event);
  }
  return tally.result();
}

/** The whole run has one summary, so the reporter of one suite hears nothing of its totals. */
function isTotal({ type, data }: TestEvent): boolean {
  return (type === "test:diagnostic" || type === "test:summary") && data.file === undefined;
}
