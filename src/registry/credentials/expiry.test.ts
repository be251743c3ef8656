import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Credential } from "./credential.ts";
import { type Expiry, expiryOf } from "./expiry.ts";

const END = 1_800_000_000;
const AT_END: Expiry = { kind: "at", date: new Date("2027-01-15T08:00:00Z") };
const UNKNOWN: Expiry = { kind: "unknown" };
const HOUR: Expiry = { kind: "after", seconds: 3600 };
const AZURE_USER = "00000000-0000-0000-0000-000000000000";

const encoded = (value: unknown, encoding: "base64" | "base64url") =>
  Buffer.from(JSON.stringify(value)).toString(encoding);

/** As they are made, with a signature that nobody looks at. */
function jwt(claims: unknown): string {
  return [encoded({ alg: "RS256", typ: "JWT" }, "base64url"), encoded(claims, "base64url"), "c2lnbmF0dXJl"].join(".");
}

function ecr(fields: object): string {
  return encoded({ payload: "AAAA", datakey: "BBBB", version: "2", type: "DATA_KEY", ...fields }, "base64");
}

function basic(username: string, password: string): Credential {
  return { kind: "basic", username, password, origin: "slipway.yaml:4" };
}

const TABLE: readonly (readonly [what: string, credential: Credential, expected: Expiry])[] = [
  ["nobody", { kind: "anonymous", origin: "nothing" }, UNKNOWN],
  ["a password", basic("ann", "s3cret"), UNKNOWN],
  ["a password with dots", basic("ann", "a.b.c"), UNKNOWN],
  ["Azure's refresh token", basic(AZURE_USER, jwt({ grant_type: "refresh_token", exp: END })), AT_END],
  ["Azure's refresh token that does not say", basic(AZURE_USER, "opaque"), { kind: "after", seconds: 3 * 3600 }],
  ["an identity token", { kind: "refresh", token: jwt({ exp: END }), origin: "config.json" }, AT_END],
  ["an identity token that is opaque", { kind: "refresh", token: "opaque", origin: "config.json" }, UNKNOWN],
  ["a registry token", { kind: "bearer", token: jwt({ exp: END }), origin: "config.json" }, AT_END],
  ["a JWT without an end", basic("ann", jwt({ sub: "ann" })), UNKNOWN],
  ["a JWT with an end that is no number", basic("ann", jwt({ exp: "tomorrow" })), UNKNOWN],
  ["a JWT that never ends", basic("ann", jwt({ exp: 1e300 })), UNKNOWN],
  ["a JWT of nothing", basic("ann", jwt(null)), UNKNOWN],
  ["an ECR password", basic("AWS", ecr({ expiration: END })), AT_END],
  ["an ECR password without an end", basic("AWS", ecr({})), UNKNOWN],
  ["base64 of other JSON", basic("ann", encoded({ expiration: END }, "base64")), UNKNOWN],
  ["a token of a GitHub app", basic("x-access-token", `ghs_${"x".repeat(36)}`), HOUR],
  ["a token of a GitHub app, the new form", basic("x-access-token", `ghs_12345_${jwt({ exp: END })}`), HOUR],
  ["a personal token of GitHub", basic("octocat", `ghp_${"x".repeat(36)}`), UNKNOWN],
  ["Alibaba Cloud's temporary user", basic("cr_temp_user", "opaque"), HOUR],
  ["a user by an unlucky name", basic("constructor", "s3cret"), UNKNOWN],
  ["Google's access token", basic("oauth2accesstoken", "ya29.a0AfH6SMBx.y-z"), HOUR],
];

for (const [what, credential, expected] of TABLE) {
  test(`expiry: ${what}`, () => assert.deepEqual(expiryOf(credential), expected));
}

test("expiry: any text is a password, and none of it comes out", () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((value) => Buffer.from(value).toString("base64")),
    fc.jsonValue().map(jwt),
  );
  fc.assert(
    fc.property(text, (password) => {
      const { kind, ...facts } = expiryOf(basic("ann", password));
      assert.ok(["at", "after", "unknown"].includes(kind));
      assert.ok(Object.values(facts).every((fact) => typeof fact === "number" || fact instanceof Date));
    }),
    { seed: 5 },
  );
});

test("expiry: what a JWT says comes out as it was put in", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8_640_000_000_000 }), (exp) => {
      assert.deepEqual(expiryOf(basic("ann", jwt({ exp }))), { kind: "at", date: new Date(exp * 1000) });
    }),
    { seed: 5 },
  );
});
