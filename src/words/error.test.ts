import assert from "node:assert/strict";
import { test } from "node:test";
import { asFailure, failure, SlipwayError } from "./error.ts";

test("an error carries its code, facts and cause, and speaks English", () => {
  const cause = new Error("socket hang up");
  const error = failure(
    "CONNECTION_LOST",
    { host: "ghcr.io", reason: "reset", operation: "pull" },
    { cause, retryable: true },
  );
  assert.equal(error.code, "CONNECTION_LOST");
  assert.equal(error.message, "ghcr.io closed the connection: reset (pull)");
  assert.deepEqual(error.facts, { host: "ghcr.io", reason: "reset", operation: "pull" });
  assert.equal(error.cause, cause);
  assert.equal(error.retryable, true);
  assert.equal(error.side, undefined);
});

test("trying again does not help unless said", () => {
  assert.equal(failure("INTERRUPTED", {}).retryable, false);
});

test("the side is added once, and all else is kept", () => {
  const cause = new Error("why");
  const error = failure("DIGEST_INVALID", { text: "sha1:0" }, { cause, retryable: true });
  const sided = error.on("source");
  assert.equal(sided.side, "source");
  assert.deepEqual([sided.code, sided.facts, sided.cause, sided.retryable], [error.code, error.facts, cause, true]);
  assert.equal(sided.on("destination"), sided);
  assert.equal(error.side, undefined);
});

test("asFailure keeps a SlipwayError and names anything else UNEXPECTED", () => {
  const known = failure("INTERRUPTED", {});
  assert.equal(asFailure(known), known);
  for (const [thrown, reason] of [
    [new TypeError("x is not a function"), "x is not a function"],
    ["a string", "a string"],
    [undefined, "undefined"],
  ] as const) {
    const error = asFailure(thrown);
    assert.ok(error instanceof SlipwayError);
    assert.equal(error.code, "UNEXPECTED");
    assert.equal(error.facts.reason, reason);
    assert.equal(error.cause, thrown);
  }
});

test("an error that was kept is whole again, and one of another version's codes is UNEXPECTED", () => {
  const error = failure("DIGEST_INVALID", { text: "sha1:0" }, { retryable: true }).on("source");
  const { code, facts, side, retryable } = error;
  assert.deepEqual({ ...SlipwayError.kept({ code, facts, side, retryable }) }, { ...error });
  const other = SlipwayError.kept({ code: "OF_TOMORROW", facts: {}, retryable: false });
  assert.deepEqual([other.code, other.facts], ["UNEXPECTED", { reason: "OF_TOMORROW" }]);
});
