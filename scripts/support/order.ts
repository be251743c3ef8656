/** Test files that take a quarter of a minute or more, the slowest first. */
export const SLOW: readonly string[] = [
  "test/docs.test.ts",
  "test/faults.test.ts",
  "bench/cases.test.ts",
  "test/own-image.test.ts",
  "test/memory.test.ts",
  "src/release/fresh-machine.test.ts",
  "src/release/double-crashes.test.ts",
  "src/release/crashes.test.ts",
  "test/report.test.ts",
  "test/release-killed.test.ts",
  "test/release-explained.test.ts",
  "test/workflows-run.test.ts",
  "test/dashboard.test.ts",
  "test/serve-workers.test.ts",
  "test/serve.test.ts",
  "examples/api-image/api-image.test.ts",
  "examples/hagicode/hagicode.test.ts",
  "test/npm-package.test.ts",
  "test/site-pages-sources.test.ts",
  "test/publish-package.test.ts",
  "test/demo.test.ts",
  "test/init.test.ts",
  "test/publish-misuse.test.ts",
  "test/publish-actions.test.ts",
  "bench/serve/serve.test.ts",
  "test/serve-postgres.test.ts",
];

/**
 * Files of several suites, from each as far as from the others: those that work all the time beside those that wait for a
 * link or a clock.
 */
export function inTurn(suites: readonly (readonly string[])[]): readonly string[] {
  const placed = suites.flatMap((files) => files.map((file, at) => ({ file, place: (at + 0.5) / files.length })));
  return placed.sort((one, other) => one.place - other.place).map(({ file }) => file);
}

/** Begins with what takes longest, so that no processor waits at the end for a file that another began late. */
export function slowestFirst(files: readonly string[]): readonly string[] {
  const slow = SLOW.filter((file) => files.includes(file));
  return [...slow, ...files.filter((file) => !slow.includes(file))];
}
