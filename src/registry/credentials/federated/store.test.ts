import assert from "node:assert/strict";
import { test } from "node:test";
import { AZURE, startClouds } from "../../../testing/index.ts";
import { expiryOf } from "../expiry.ts";
import type { Login } from "./login.ts";
import { configuredCredentials } from "./store.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const azure: Login = { kind: "azure-oidc", client: AZURE.client, tenant: AZURE.tenant };

test("passwords and logins are one table: the longest prefix wins", async () => {
  const environment = { GITHUB_TOKEN: "ghs_1", GITHUB_ACTOR: "octocat" };
  const store = configuredCredentials(
    "the configuration",
    [{ prefix: "ghcr.io/acme/private", username: "robot", password: "p", origin: "slipway.yaml:3" }],
    [{ prefix: "ghcr.io/acme", login: { kind: "github-token" }, origin: "slipway.yaml:6" }],
    { environment },
  );
  const table: readonly (readonly [repository: string, found: object])[] = [
    ["acme/app", { kind: "basic", username: "octocat", password: "ghs_1", origin: "slipway.yaml:6" }],
    ["acme/private", { kind: "basic", username: "robot", password: "p", origin: "slipway.yaml:3" }],
    ["acme/private/x", { kind: "basic", username: "robot", password: "p", origin: "slipway.yaml:3" }],
    ["other/app", { kind: "anonymous", origin: "the configuration" }],
  ];
  for (const [repository, found] of table) assert.deepEqual(await store.credential("ghcr.io", repository), found);
});

test("a login is carried out once for all who ask, renewed before it ends, and anew once it was refused", async () => {
  await using clouds = await startClouds(NOW);
  const { state, endpoints, environment } = clouds;
  const entry = { prefix: "acme.azurecr.io/app", login: azure, origin: "slipway.yaml:4" };
  const store = configuredCredentials("x", [], [entry], { environment, endpoints, now: () => state.now });
  const ask = async () => {
    const credential = await store.credential("acme.azurecr.io", "app/web");
    assert.ok(credential.kind === "basic");
    return credential;
  };
  const all = await Promise.all(Array.from({ length: 20 }, ask));
  assert.equal(clouds.count("azure-registry"), 1);
  assert.deepEqual(new Set(all.map(({ password }) => password)).size, 1);
  assert.deepEqual(expiryOf(await ask()), { kind: "at", date: new Date(NOW + 3 * 3600_000) });

  state.now += 3 * 3600_000 * 0.8;
  assert.notEqual((await ask()).password, all[0]?.password);
  assert.equal(clouds.count("azure-registry"), 2);

  store.forget?.("other.azurecr.io");
  await ask();
  assert.equal(clouds.count("azure-registry"), 2);
  store.forget?.("acme.azurecr.io");
  await ask();
  assert.equal(clouds.count("azure-registry"), 3);
  assert.deepEqual(state.violations, []);
});

test("nothing is asked for a login that nobody needs", async () => {
  await using clouds = await startClouds(NOW);
  const { endpoints, environment } = clouds;
  const entry = { prefix: "acme.azurecr.io", login: azure, origin: "slipway.yaml:4" };
  const store = configuredCredentials("x", [], [entry], { environment, endpoints });
  assert.equal((await store.credential("ghcr.io", "a/b")).kind, "anonymous");
  assert.equal(clouds.state.requests.length, 0);
});
