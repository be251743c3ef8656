import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTS, type Outcome } from "../copy/outcome.ts";
import { digestOf } from "../oci/digest.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import { exitOfError, exitOfFindings, exitOfOutcomes } from "./exit.ts";

const subject = { source: "a.example/x:1", destination: "b.example/x:1", ...NO_COUNTS };
const copied: Outcome = { ...subject, status: "copied", digest: digestOf("x") };
const skipped: Outcome = { ...subject, status: "skipped", reason: "in-step" };
const removed: Outcome = { ...subject, status: "removed", digest: digestOf("x") };
const withheld: Outcome = { ...subject, status: "skipped", reason: "withheld" };
const failed = (error: SlipwayError): Outcome => ({ ...subject, status: "failed", error });
const denied = failure("DENIED", { host: "b.example", operation: "push", origin: "nowhere", detail: "no" });
const lost = failure("CONNECTION_LOST", { host: "b.example", operation: "push", reason: "reset" });
const interrupted = failure("INTERRUPTED", {});

const cases: readonly [string, readonly Outcome[], number][] = [
  ["nothing to do", [], 0],
  ["all copied or in step", [copied, skipped], 0],
  ["all failed", [failed(lost), failed(denied)], 1],
  ["some failed", [copied, failed(lost)], 3],
  ["some failed for credentials", [skipped, failed(denied)], 3],
  ["all failed for credentials", [failed(denied), failed(denied)], 4],
  ["a tag went, and an image failed", [removed, failed(denied)], 3],
  ["what failed left tags where they are", [withheld, failed(denied)], 4],
  ["interrupted", [copied, failed(interrupted)], 130],
];

for (const [name, outcomes, expected] of cases) {
  test(`exit: ${name}`, () => assert.equal(exitOfOutcomes(outcomes), expected));
}

test("exit: errors", () => {
  assert.equal(exitOfError(lost), 1);
  assert.equal(exitOfError(denied), 4);
  assert.equal(exitOfError(failure("OPTION_VALUE_INVALID", { option: "--os", value: "x", expected: "y" })), 2);
  assert.equal(exitOfError(failure("CONFIG_UNREADABLE", { file: "x", reason: "gone" })), 2);
  assert.equal(exitOfError(interrupted), 130);
});

test("exit: findings", () => {
  assert.equal(exitOfFindings([]), 0);
  assert.equal(exitOfFindings(["DENIED", "CREDENTIAL_HELPER_FAILED"]), 4);
  assert.equal(exitOfFindings(["DENIED", "HOST_UNREACHABLE"]), 1);
  assert.equal(exitOfFindings(["DENIED", undefined]), 1);
});
