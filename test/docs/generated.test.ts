import assert from "node:assert/strict";
import { test } from "node:test";
import { commandReference } from "../../scripts/command-reference.ts";
import { configReference } from "../../scripts/config-reference.ts";
import { errorReference } from "../../scripts/error-reference.ts";
import { lintReference } from "../../scripts/lint-reference.ts";
import { renew } from "../../scripts/support/generated.ts";

for (const reference of [commandReference, configReference, errorReference, lintReference]) {
  test(`${reference.page} is what the code says; \`node ${reference.script}\` writes it`, async () => {
    const { now, due } = await renew(reference);
    assert.equal(now, due);
  });
}
