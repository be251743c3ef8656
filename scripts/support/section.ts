/** One test that did not pass, with what a person needs to mend it. */
export interface Failure {
  readonly title: string;
  readonly detail: string;
}

export interface Result {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** One heading of a run: it prints its progress itself and never throws for a test that fails. */
export interface Section {
  readonly name: string;
  run(): Promise<Result>;
}

/**
 * Runs sections one after the other, then prints every failure again and one closing line for all of them.
 * @returns the exit code: 0 when something ran and all of it passed.
 */
export async function runSections(sections: readonly Section[]): Promise<0 | 1> {
  const results: Result[] = [];
  for (const section of sections) {
    console.log(`\n== ${section.name}`);
    const start = performance.now();
    const result = await section.run();
    console.log(`-- ${count(result)}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    results.push(result);
  }
  const whole: Result = {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
  };
  for (const { title, detail } of whole.failures) console.log(`\n✖ ${title}\n${detail.replace(/^/gm, "  ")}`);
  console.log(`\n${count(whole)}`);
  return whole.failures.length === 0 && whole.passed > 0 ? 0 : 1;
}

function count({ passed, failures }: Result): string {
  return `${passed} passed, ${failures.length} failed`;
}
