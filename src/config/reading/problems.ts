import { failure, SlipwayError } from "../../words/error.ts";

/**
 * Collects what is wrong with a file, so that all of it is given at once. Of several problems at one place only the
 * first is kept, as the others follow from it; but all keys that a mapping lacks are missing at its one place.
 */
export class Problems {
  readonly #file: string;
  readonly #found = new Map<string, SlipwayError>();

  constructor(file: string) {
    this.#file = file;
  }

  add(problem: SlipwayError): void {
    const where = String(problem.facts.where ?? problem.message);
    const identity = problem.code === "CONFIG_KEY_MISSING" ? `${where} ${problem.facts.key}` : where;
    if (!this.#found.has(identity)) this.#found.set(identity, problem);
  }

  /** What `work` gives; undefined when it fails with problems, which are kept. Other errors pass through. */
  attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      for (const problem of problemsOf(error)) this.add(problem);
      return undefined;
    }
  }

  /** @throws the problem, when there is one; CONFIG_INVALID, when there are more: {@link problemsOf} has them */
  throwIfAny(): void {
    const found = inFileOrder([...this.#found.values()]);
    const [first] = found;
    if (first === undefined) return;
    if (found.length === 1) throw first;
    throw failure("CONFIG_INVALID", { file: this.#file, count: found.length }, { cause: new AggregateError(found) });
  }
}

/** As a reader comes upon them: file by file, from the top. What has no place comes last. */
function inFileOrder(problems: readonly SlipwayError[]): readonly SlipwayError[] {
  const placed = problems.map((problem) => {
    const [, file = "", line = Number.POSITIVE_INFINITY, column = 0] =
      /^(.*):(\d+):(\d+)$/s.exec(String(problem.facts.where ?? "")) ?? [];
    return { problem, file, line: Number(line), column: Number(column) };
  });
  const files = [...new Set(placed.map(({ file }) => file))];
  placed.sort(
    (one, other) =>
      files.indexOf(one.file) - files.indexOf(other.file) ||
      (one.line === other.line ? one.column - other.column : one.line - other.line),
  );
  return placed.map(({ problem }) => problem);
}

/** Each single problem that an error stands for, in the order of the file: what a CLI prints, one a line. */
export function problemsOf(error: SlipwayError): readonly SlipwayError[] {
  if (!(error.cause instanceof AggregateError)) return [error];
  return error.cause.errors.filter((problem) => problem instanceof SlipwayError);
}
