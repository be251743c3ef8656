import assert from "node:assert/strict";
import { test } from "node:test";
import { at, type Options, withClient } from "../testing/client.ts";
import { startDockerRegistry } from "../testing/servers/docker-registry.ts";
import type { Capabilities } from "./capabilities.ts";
import { dockerHub } from "./hosts/docker-hub.ts";
import { quay } from "./hosts/quay.ts";

const UNKNOWN = { how: "unknown" } as const;
const VERSION = { how: "asked", value: "registry/2.0" } as const;
/** The test registry, without a login. */
const PLAIN: Capabilities = {
  referrersApi: { how: "asked", value: true },
  deletesTags: UNKNOWN,
  listing: UNKNOWN,
  apiVersion: VERSION,
};
const NOT_FOUND = (code: string) => ({
  kind: "status" as const,
  status: 404,
  body: JSON.stringify({ errors: [{ code, message: "not known", detail: {} }] }),
});

const TABLE: readonly (readonly [what: string, options: Options, expected: Capabilities])[] = [
  ["all that can be asked", {}, PLAIN],
  ["no referrers API", { referrers: false }, { ...PLAIN, referrersApi: { how: "asked", value: false } }],
  ["a kind that a person names", { host: { kind: "acr" } }, { ...PLAIN, listing: { how: "known", value: "acr" } }],
  ["no kind, says a person", { host: { kind: "plain" } }, { ...PLAIN, listing: { how: "known", value: "plain" } }],
  [
    "what is known of Docker Hub",
    { client: { rules: [{ ...dockerHub, matches: () => true, apiHost: undefined }] } },
    {
      ...PLAIN,
      deletesTags: { how: "known", value: false },
      listing: { how: "known", value: "docker-hub" },
    },
  ],
  [
    "what is known of Quay",
    { client: { rules: [{ ...quay, matches: () => true }] } },
    { ...PLAIN, listing: { how: "known", value: "quay" } },
  ],
  [
    "Harbor by its challenge",
    { auth: { kind: "token", users: {}, allow: () => true, expiresInSeconds: 60, service: "harbor-registry" } },
    { ...PLAIN, listing: { how: "asked", value: "harbor" } },
  ],
];

for (const [what, options, expected] of TABLE) {
  test(`capabilities: ${what}`, () =>
    at(options, async ({ server, repository }) => {
      assert.deepEqual(await repository.capabilities(), expected);
      const asked = [...server.requests].filter(({ kind }) => kind !== "token");
      assert.deepEqual(new Set(asked.map(({ method }) => method)), new Set(["GET"]));
      assert.equal(asked.filter(({ status }) => status !== 401).length, 1);
    }));
}

for (const code of ["NAME_UNKNOWN", "MANIFEST_UNKNOWN"]) {
  test(`capabilities: ${code} says nothing of the referrers API`, () =>
    at({}, async ({ server, repository }) => {
      server.faults.add({ kind: "referrers", effect: NOT_FOUND(code) });
      assert.deepEqual((await repository.capabilities()).referrersApi, UNKNOWN);
    }));
}

test("capabilities: an answer that names no version of its API leaves that unknown", () =>
  at({}, async ({ server, repository }) => {
    const headers = { "docker-distribution-api-version": "" };
    server.faults.add({ kind: "referrers", effect: { kind: "headers", headers } });
    assert.deepEqual((await repository.capabilities()).apiVersion, UNKNOWN);
  }));

test("capabilities: who is not let in learns nothing", () =>
  at({ auth: { kind: "basic", users: {} } }, async ({ repository }) => {
    await assert.rejects(repository.capabilities(), { code: "UNAUTHORIZED" });
  }));

test("capabilities: Docker's registry", async () => {
  await using server = await startDockerRegistry();
  await withClient(server.host, {}, async (repository) => {
    assert.deepEqual(await repository.capabilities(), {
      ...PLAIN,
      referrersApi: { how: "asked", value: false },
    });
  });
});
