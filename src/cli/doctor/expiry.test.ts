import assert from "node:assert/strict";
import { test } from "node:test";
import { parseReference } from "../../oci/reference.ts";
import type { CredentialStore } from "../../registry/credentials/index.ts";
import { staticCredentials } from "../../registry/credentials/static.ts";
import { failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { checkExpiry } from "./expiry.ts";

const words = wordsOf("en");
const NOW = Date.parse("2026-03-01T12:00:00Z");
const DAY = 24 * 60 * 60;
const PLACES = ["a.example/team/app", "a.example/team/web"].map(parseReference);

function jwt(seconds: number): string {
  const claims = Buffer.from(JSON.stringify({ exp: NOW / 1000 + seconds })).toString("base64url");
  return `eyJhbGciOiJub25lIn0.${claims}.canary`;
}

function storeOf(password: string, username = "ann"): CredentialStore {
  return staticCredentials("a table", [{ prefix: "a.example", username, password, origin: "slipway.yaml:4" }]);
}

for (const [what, store, expected] of [
  [
    "ended",
    storeOf(jwt(-1)),
    {
      level: "failed",
      code: "CREDENTIAL_EXPIRED",
      text: "the credential for a.example from slipway.yaml:4 expired on 2026-03-01 11:59 UTC",
      hint: "log in again, or make a new token and put it there",
    },
  ],
  [
    "ends within a week",
    storeOf(jwt(7 * DAY)),
    {
      level: "warning",
      text: "a.example: from slipway.yaml:4, valid until 2026-03-08 12:00 UTC",
      hint: "renew it before that, where it is kept",
    },
  ],
  [
    "ends later",
    storeOf(jwt(7 * DAY + 1)),
    { level: "ok", text: "a.example: from slipway.yaml:4, valid until 2026-03-08 12:00 UTC" },
  ],
  [
    "is short-lived",
    storeOf("ghs_1", "x-access-token"),
    { level: "ok", text: "a.example: from slipway.yaml:4, of a kind that is valid for about 1 h once it is made" },
  ],
] as const) {
  test(`doctor: a credential that ${what} is told of, once for all that it is for`, async () => {
    const findings = await checkExpiry(PLACES, store, words, NOW);
    assert.deepEqual(findings, [{ check: "credential", ...expected }]);
    assert.doesNotMatch(JSON.stringify(findings), /canary/);
  });
}

test("doctor: a credential that does not say, none at all, and one that cannot be had are not spoken of", async () => {
  const broken: CredentialStore = {
    credential: async (host) => {
      throw failure("CREDENTIAL_HELPER_FAILED", { helper: "docker-credential-x", host, reason: "exit code 1" });
    },
  };
  for (const store of [storeOf("s3cret"), staticCredentials("a table", []), broken]) {
    assert.deepEqual(await checkExpiry(PLACES, store, words, NOW), []);
  }
});
