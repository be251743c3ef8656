import assert from "node:assert/strict";
import { test } from "node:test";
import { newSecret } from "./secret.ts";

test("secret: as long as it is wanted, of letters and digits, never the same", () => {
  for (const length of [1, 8, 24, 300]) assert.match(newSecret(length), new RegExp(`^[A-Za-z0-9]{${length}}$`));
  assert.equal(new Set(Array.from({ length: 100 }, () => newSecret(12))).size, 100);
});

test("secret: every sign is as likely as any other", () => {
  const counts = Map.groupBy(newSecret(62_000), (sign) => sign);
  assert.equal(counts.size, 62);
  for (const [sign, { length }] of counts) assert.ok(length > 800 && length < 1200, `${sign}: ${length}`);
});
