import { relative, resolve } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";
import type { Failure, Result } from "./section.ts";

type Passed = Extract<TestEvent, { type: "test:pass" }>["data"];
type Failed = Extract<TestEvent, { type: "test:fail" }>["data"];

/** Counts the tests of node:test's events and keeps what failed; a parent of failed tests is not counted again. */
export class Tally {
  #passed = 0;
  readonly #failures: Failure[] = [];
  readonly #errorOutput = new Map<string, string>();

  add({ type, data }: TestEvent): void {
    if (type === "test:stderr") {
      const file = resolve(data.file);
      this.#errorOutput.set(file, (this.#errorOutput.get(file) ?? "") + data.message);
    } else if (type === "test:pass") {
      this.#pass(data);
    } else if (type === "test:fail" && failureType(data.details.error) !== "subtestsFailed") {
      this.#failures.push({ title: titleOf(data), detail: this.#detailOf(data) });
    }
  }

  result(): Result {
    return { passed: this.#passed, failures: this.#failures };
  }

  #pass(test: Passed): void {
    if (test.skip !== undefined || test.todo !== undefined) {
      this.#failures.push({ title: titleOf(test), detail: "it was skipped, and no test may be" });
    } else if (isFile(test)) {
      this.#failures.push({ title: titleOf(test), detail: "it holds no test" });
    } else if (test.details.type !== "suite") {
      this.#passed += 1;
    }
  }

  #detailOf(test: Failed): string {
    const { error } = test.details;
    const detail = inspect(error.cause instanceof Error ? error.cause : error);
    if (!isFile(test)) return detail;
    return `${this.#errorOutput.get(resolve(test.name))?.trimEnd() ?? ""}\n${detail}`.trim();
  }
}

/** node:test reports a file itself only when it holds no test or ended badly. */
function isFile(test: Passed | Failed): boolean {
  return test.file !== undefined && resolve(test.name) === test.file;
}

function titleOf(test: Passed | Failed): string {
  if (test.file === undefined) return test.name;
  const file = relative(process.cwd(), test.file);
  return isFile(test) ? file : `${test.name} (${file}:${test.line ?? 1})`;
}

function failureType(error: Error): unknown {
  return "failureType" in error ? error.failureType : undefined;
}
