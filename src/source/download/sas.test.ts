import assert from "node:assert/strict";
import { it } from "node:test";
import { beginningOfSas, expiryOfSas, isOfBlob, permissionsOfSas } from "./sas.ts";

const CONTAINER = "https://account.blob.core.windows.net/packages";

it("the end of a SAS is read in all of its forms", () => {
  for (const [query, expected] of [
    ["se=2026-07-01", "2026-07-01T00:00:00.000Z"],
    ["se=2026-07-01T10:30Z", "2026-07-01T10:30:00.000Z"],
    ["sp=r&st=2026-06-01T00:00:00Z&se=2026-07-01T10%3A30%3A15Z&sig=x", "2026-07-01T10:30:15.000Z"],
    ["se=2026-07-01T10:30:15", "2026-07-01T10:30:15.000Z"],
    ["se=2026-07-01T10:30:15.1234567Z", "2026-07-01T10:30:15.123Z"],
    ["se=tomorrow", undefined],
    ["se=", undefined],
    ["si=policy&sig=x", undefined],
  ] as const) {
    assert.equal(expiryOfSas(`${CONTAINER}?${query}`)?.toISOString(), expected, query);
  }
  assert.equal(expiryOfSas("no URL"), undefined);
  assert.equal(beginningOfSas(`${CONTAINER}?st=2026-06-01`)?.toISOString(), "2026-06-01T00:00:00.000Z");
});

it("what a SAS is of and what it permits is in its query", () => {
  assert.equal(permissionsOfSas(`${CONTAINER}?sp=rl&sig=x`), "rl");
  assert.equal(permissionsOfSas(`${CONTAINER}?si=policy&sig=x`), undefined);
  assert.deepEqual(
    ["b", "bv", "bs", "c", "d"].map((resource) => isOfBlob(`${CONTAINER}?sr=${resource}`)),
    [true, true, true, false, false],
  );
});
