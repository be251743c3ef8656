import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../../words/error.ts";
import { firstOf } from "./chain.ts";
import type { CredentialStore } from "./credential.ts";
import { staticCredentials } from "./static.ts";

const auth = staticCredentials("auth.yaml", [
  { prefix: "ghcr.io", username: "all", password: "a", origin: "auth.yaml (ghcr.io)" },
  { prefix: "ghcr.io/acme", username: "acme", password: "b", origin: "auth.yaml (ghcr.io/acme)" },
]);
const flags = staticCredentials("--username", [
  { prefix: "quay.io", username: "robot", password: "c", origin: "--username" },
]);
const broken: CredentialStore = {
  credential: async (host) => {
    throw failure("CREDENTIAL_HELPER_FAILED", { helper: "docker-credential-x", host, reason: "it is not on PATH" });
  },
};

test("the longest prefix of a table wins and is named", async () => {
  assert.deepEqual(await auth.credential("ghcr.io", "acme/app"), {
    kind: "basic",
    username: "acme",
    password: "b",
    origin: "auth.yaml (ghcr.io/acme)",
  });
  assert.equal((await auth.credential("ghcr.io", "other/app")).origin, "auth.yaml (ghcr.io)");
});

test("the first store that knows the host answers", async () => {
  assert.equal((await firstOf([auth, flags]).credential("quay.io", "a/b")).origin, "--username");
});

test("an anonymous answer lists where was looked", async () => {
  const table: readonly (readonly [stores: readonly CredentialStore[], origin: string])[] = [
    [[], "nothing"],
    [[auth], "nothing: auth.yaml does not know it"],
    [[auth, flags], "nothing: neither auth.yaml nor --username knows it"],
    [[auth, flags, auth], "nothing: neither auth.yaml, --username nor auth.yaml knows it"],
  ];
  for (const [stores, origin] of table) {
    assert.deepEqual(await firstOf(stores).credential("other.io", "a/b"), { kind: "anonymous", origin });
  }
});

test("S21: a store that fails ends the search", async () => {
  await assert.rejects(firstOf([broken, auth]).credential("ghcr.io", "acme/app"), { code: "CREDENTIAL_HELPER_FAILED" });
});
