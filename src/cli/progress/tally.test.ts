import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTS, type Outcome } from "../../copy/outcome.ts";
import { digestOf } from "../../oci/digest.ts";
import { failure } from "../../words/error.ts";
import { Speed } from "./speed.ts";
import { Tally } from "./tally.ts";

const destination = "b.example/a";
const digest = digestOf("layer");

test("tally: an image that fails and arrives in a later round is counted once", () => {
  const tally = new Tally();
  const names = { source: "a.example/a:1", destination: "b.example/a:1", ...NO_COUNTS };
  const error = failure("CONNECTION_LOST", { host: "b.example", operation: "push", reason: "reset" });
  const endings: readonly Outcome[] = [
    { ...names, status: "failed", error },
    { ...names, status: "copied", digest },
  ];
  for (const outcome of endings) tally.apply({ kind: "ended", outcome }, 0);
  assert.equal(tally.ended, 1);
  assert.equal(tally.count("failed"), 0);
  assert.equal(tally.count("copied"), 1);
});

test("tally: what will be tried again is expected, and what was skipped for its platform is no image in step", () => {
  const tally = new Tally();
  const outcome = (tag: string) => ({
    source: `a.example/a:${tag}`,
    destination: `${destination}:${tag}`,
    ...NO_COUNTS,
  });
  const error = failure("CONNECTION_LOST", { host: "b.example", operation: "push", reason: "reset" });
  tally.apply({ kind: "retrying", outcome: { ...outcome("1"), status: "failed", error }, next: 2, rounds: 2 }, 0);
  tally.apply({ kind: "ended", outcome: { ...outcome("2"), status: "skipped", reason: "platform" } }, 0);
  tally.apply({ kind: "planned", plan: { version: 1, transfers: [] }, round: 1 }, 0);
  assert.equal(tally.expected, 2);
  assert.equal(tally.ended, 1);
  assert.equal(tally.count("platform"), 1);
  assert.equal(tally.count("in-step"), 0);
});

test("tally: a blob that was there moves nothing, one that was written counts whole", () => {
  const tally = new Tally();
  tally.apply({ kind: "arrived", destination, digest, size: 70, how: "present" }, 0);
  assert.equal(tally.moved, 0);
  tally.apply({ kind: "moving", destination, digest, moved: 30, size: 70 }, 0);
  tally.apply({ kind: "arrived", destination, digest, size: 70, how: "written" }, 0);
  assert.equal(tally.moved, 70);
});

test("tally: an attempt that begins again takes back what it had moved", () => {
  const tally = new Tally();
  for (const moved of [50, 0, 20]) tally.apply({ kind: "moving", destination, digest, moved, size: 70 }, 0);
  assert.equal(tally.moved, 20);
});

test("tally: a lane stays between two blobs and goes when nothing follows", () => {
  const tally = new Tally();
  tally.apply({ kind: "moving", destination, digest, moved: 70, size: 70 }, 0);
  tally.apply({ kind: "arrived", destination, digest, size: 70, how: "written" }, 100);
  assert.equal(tally.lanes(1000).length, 1);
  assert.equal(tally.lanes(1700).length, 0);
});

test("speed: over the last seconds only, and nothing taken away by what began again", () => {
  const speed = new Speed();
  speed.add(1000, 0);
  speed.add(1000, 1000);
  assert.equal(speed.at(2000), 1000);
  speed.add(-500, 2000);
  assert.equal(speed.at(2000), 1000);
  assert.equal(speed.at(5500), 200);
  assert.equal(speed.at(60_000), 0);
});
