import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, SlipwayError } from "../../words/error.ts";
import { Problems, problemsOf } from "./problems.ts";

const invalid = (where: string) => failure("CONFIG_VALUE_INVALID", { where, key: "k", reason: "r" });
const missing = (where: string, key: string) => failure("CONFIG_KEY_MISSING", { where, key });

function thrown(...found: readonly SlipwayError[]): SlipwayError | undefined {
  const problems = new Problems("f.yaml");
  for (const problem of found) problems.add(problem);
  try {
    problems.throwIfAny();
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  return undefined;
}

test("no problem is no error; one is itself; several are given together", () => {
  assert.equal(thrown(), undefined);
  const one = invalid("f:1:1");
  assert.equal(thrown(one), one);
  const several = thrown(one, invalid("f:2:1"));
  assert.equal(several?.code, "CONFIG_INVALID");
  assert.equal(several?.facts.count, 2);
  assert.deepEqual(several && problemsOf(several).map(({ facts }) => facts.where), ["f:1:1", "f:2:1"]);
  assert.deepEqual(problemsOf(one), [one]);
});

test("of several at one place the first counts, but every missing key does", () => {
  assert.equal(thrown(invalid("f:1:1"), invalid("f:1:1"))?.code, "CONFIG_VALUE_INVALID");
  assert.equal(thrown(missing("f:1:1", "a"), missing("f:1:1", "b"), missing("f:1:1", "a"))?.facts.count, 2);
});

test("problems are told file by file, from the top", () => {
  const told = thrown(...["b:10:2", "b:9:30", "a:1:1", "b:9:4"].map(invalid));
  assert.deepEqual(told && problemsOf(told).map(({ facts }) => facts.where), ["b:9:4", "b:9:30", "b:10:2", "a:1:1"]);
});

test("an attempt keeps problems, and lets faults of the program pass", () => {
  const problems = new Problems("f.yaml");
  assert.equal(
    problems.attempt(() => 1),
    1,
  );
  assert.equal(
    problems.attempt(() => {
      throw invalid("f:1:1");
    }),
    undefined,
  );
  assert.throws(() => problems.throwIfAny(), { code: "CONFIG_VALUE_INVALID" });
  assert.throws(
    () =>
      problems.attempt(() => {
        throw new TypeError("a fault");
      }),
    TypeError,
  );
});
