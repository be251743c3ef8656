import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ending, NO_COUNTS } from "../../copy/outcome.ts";
import type { TagRecord } from "../../store/records.ts";
import { failure } from "../../words/error.ts";
import { type Ended, greatestLag, type LookedAt, tagRecords } from "./tag-records.ts";

const OLD = `sha256:${"0".repeat(64)}` as const;
const NEW = `sha256:${"1".repeat(64)}` as const;
const MADE = `sha256:${"2".repeat(64)}` as const;
const SINCE = 1_000_000;
const ARRIVED = 1_060_000;

const ended = (ending: Ending, more: Partial<Ended> = {}): Ended => ({
  tag: "1.0",
  outcome: { source: "s.io/app:1.0", destination: "d.io/app:1.0", ...NO_COUNTS, ...ending },
  endedAt: ARRIVED,
  ...more,
});

const known = (more: Partial<TagRecord> = {}): TagRecord => ({
  mirror: "app",
  source: "s.io/app:1.0",
  destination: "d.io/app:1.0",
  tag: "1.0",
  state: "in-step",
  sourceDigest: OLD,
  destinationDigest: OLD,
  checkedAt: 400_000,
  inStepAt: 400_000,
  arrivedAt: 200_000,
  lag: 7_000,
  ...more,
});

const behind = known({ state: "behind", sourceDigest: NEW, behindSince: 700_000 });
const copied: Ending = { status: "copied", digest: NEW };
const inStep = (digest = OLD): Ending => ({ status: "skipped", reason: "in-step", digest });
const error = failure(
  "HOST_UNREACHABLE",
  { host: "d.io", operation: "GET /v2/", reason: "refused" },
  { side: "destination" },
);
const failed: Ending = { status: "failed", error, digest: NEW };

/** What is known after a look, without what is the same in every record. */
function after(one: Ended, before: readonly TagRecord[] = [], more: Partial<LookedAt> = {}) {
  const looked = { mirror: "app", ended: [one], known: new Map(before.map((record) => [record.destination, record])) };
  const [record] = tagRecords({ ...looked, since: SINCE, ...more });
  if (record === undefined) return undefined;
  const { mirror: _, source, destination, tag, checkedAt, error, ...others } = record;
  assert.deepEqual([source, destination, tag, checkedAt], ["s.io/app:1.0", "d.io/app:1.0", "1.0", SINCE]);
  return { ...JSON.parse(JSON.stringify(others)), ...(error !== undefined && { error: error.code }) };
}

const IN_STEP = { state: "in-step", sourceDigest: NEW, destinationDigest: NEW, inStepAt: SINCE };

test("a change that a look found has a lag of no more than since the look before", () => {
  assert.deepEqual(after(ended(copied), [known()]), { ...IN_STEP, arrivedAt: ARRIVED, lag: ARRIVED - 400_000 });
});

test("a change that a webhook told of has a lag since then", () => {
  const toldAt = 990_000;
  assert.deepEqual(after(ended(copied), [known()], { toldAt })?.lag, 70_000);
  assert.deepEqual(after(ended(copied), [], { toldAt })?.lag, 70_000);
  // what was behind before has not changed just now
  assert.deepEqual(after(ended(copied), [behind], { toldAt })?.lag, ARRIVED - 400_000);
});

test("what comes for the first time has a lag only where all was known to be in step before", () => {
  assert.equal(after(ended(copied))?.lag, undefined);
  assert.equal(after(ended(copied), [], { completeAt: 900_000 })?.lag, 160_000);
  // a known tag at another destination: the destination is new, not the tag
  const elsewhere = known({ destination: "e.io/app:1.0" });
  assert.equal(after(ended(copied), [elsewhere], { completeAt: 900_000 })?.lag, undefined);
  // tried before and never there
  const never = known({ state: "failed", destinationDigest: undefined, inStepAt: undefined, behindSince: 1 });
  assert.equal(after(ended(copied), [never], { completeAt: 900_000 })?.lag, undefined);
});

test("what is in step stays as it arrived", () => {
  assert.deepEqual(after(ended(inStep()), [known()]), {
    ...IN_STEP,
    sourceDigest: OLD,
    destinationDigest: OLD,
    arrivedAt: 200_000,
    lag: 7_000,
  });
  assert.deepEqual(after(ended(inStep(NEW))), IN_STEP);
  // it had failed meanwhile, and is as it was
  assert.equal(after(ended(inStep()), [known({ state: "failed", behindSince: 500_000 })])?.behindSince, undefined);
});

test("what somebody has brought before this look had arrived by then", () => {
  const record = after(ended(inStep(NEW)), [known()]);
  assert.deepEqual(record, { ...IN_STEP, arrivedAt: SINCE, lag: SINCE - 400_000 });
});

test("a signature that was added later brings the image no second time", () => {
  const record = after(ended({ status: "copied", digest: OLD }), [known()]);
  assert.deepEqual([record?.arrivedAt, record?.lag], [200_000, 7_000]);
});

test("what fails is behind since it was first seen so", () => {
  const first = after(ended(failed), [known()]);
  assert.deepEqual(first, {
    state: "failed",
    sourceDigest: NEW,
    destinationDigest: OLD,
    inStepAt: 400_000,
    arrivedAt: 200_000,
    lag: 7_000,
    behindSince: SINCE,
    error: "HOST_UNREACHABLE",
  });
  assert.equal(after(ended(failed), [behind])?.behindSince, 700_000);
  assert.equal(after(ended(failed), [known()], { toldAt: 990_000 })?.behindSince, 990_000);
  assert.equal(after(ended({ status: "failed", error }), [known()])?.sourceDigest, OLD);
});

test("what a stopped job had only looked at is behind, and what it had not is as it was", () => {
  const record = after(ended(failed, { isOpen: true }), [known()]);
  assert.deepEqual([record?.state, record?.behindSince, record?.error], ["behind", SINCE, undefined]);
  assert.equal(after(ended({ status: "failed", error }, { isOpen: true }), [known()]), undefined);
});

test("an adapted image is in step with what it was made of", () => {
  const adapted = { from: NEW, changes: ["attestations"], leftOut: [] } as const;
  const record = after(ended({ status: "copied", digest: MADE, adapted }));
  assert.deepEqual([record?.sourceDigest, record?.destinationDigest], [NEW, MADE]);
});

test("an image for none of the platforms is no tag of the mirror", () => {
  assert.equal(after(ended({ status: "skipped", reason: "platform" })), undefined);
});

test("the greatest lag is that of what has come now", () => {
  const record = (arrivedAt: number, lag?: number) => known({ arrivedAt, lag });
  assert.equal(greatestLag([record(10, 50), record(20, 5), record(30, 8), record(40)], 20), 8);
  assert.equal(greatestLag([record(10, 50)], 20), undefined);
});
