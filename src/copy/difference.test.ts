import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../oci/digest.ts";
import { OCI_MANIFEST } from "../oci/media-types.ts";
import { differencesOf } from "./difference.ts";
import type { Arrival, Plan } from "./plan.ts";

const root = { mediaType: OCI_MANIFEST, digest: digestOf("root"), size: 4 };
const signature = { descriptor: { ...root, digest: digestOf("signature") }, subject: root.digest };
const [other, extra] = [digestOf("other"), digestOf("extra")];

function planOf(...arrivals: readonly Arrival[]): Plan {
  const transfer = { source: "s.io/app", reference: "1.0", resolved: root, root, arrivals };
  return { version: 1, transfers: [transfer] };
}

const common = { destination: "d.io/app", tag: "1.0", companions: [] };
const named = { source: "s.io/app:1.0", destination: "d.io/app:1.0" };

test("each arrival and each removal of a plan is a difference", () => {
  const removals = [{ source: "s.io/app", destination: "d.io/app", tag: "0.9", digest: extra }];
  const plan = planOf(
    { ...common, action: "create", fresh: true },
    { ...common, action: "update", previous: other },
    { ...common, action: "complete", companions: [signature] },
  );
  assert.deepEqual(differencesOf({ ...plan, removals }), [
    { kind: "missing-tag", ...named, expected: root.digest },
    { kind: "other-digest", ...named, expected: root.digest, found: other },
    { kind: "missing-referrer", ...named, expected: signature.descriptor.digest },
    { kind: "extra-tag", source: "s.io/app:0.9", destination: "d.io/app:0.9", found: extra },
  ]);
});

test("what comes with an image that is missing is no difference of its own", () => {
  const plan = planOf({ ...common, action: "create", fresh: false, companions: [signature] });
  assert.deepEqual(
    differencesOf(plan).map(({ kind }) => kind),
    ["missing-tag"],
  );
});

test("an image without a tag is named by its digest", () => {
  const plan = planOf({ destination: "d.io/app", companions: [], action: "create", fresh: true });
  assert.equal(differencesOf(plan)[0]?.destination, `d.io/app@${root.digest}`);
});

test("nothing to do is no difference", () => {
  assert.deepEqual(differencesOf({ version: 1, transfers: [] }), []);
});
