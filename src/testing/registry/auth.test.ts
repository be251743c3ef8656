import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { randomImage } from "../images/random.ts";
import type { RegistryOptions } from "./options.ts";
import { startRegistry } from "./start.ts";
import type { TestRegistry } from "./test-registry.ts";

const USERS = { users: { alice: "a:secret" } };
const BASIC = `Basic ${Buffer.from("alice:a:secret").toString("base64")}`;
const WRONG = `Basic ${Buffer.from("alice:wrong").toString("base64")}`;

async function withImage(options: RegistryOptions): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  await registry.put("team/app", await randomImage({ seed: "image" }), "v1");
  return registry;
}

async function ask(registry: TestRegistry, path: string, authorization?: string, method = "GET") {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await fetch(registry.origin + path, { method, headers });
  await answer.arrayBuffer();
  return { status: answer.status, challenge: answer.headers.get("www-authenticate") };
}

async function token(registry: TestRegistry, scope: string, authorization?: string): Promise<string> {
  const headers = authorization === undefined ? {} : { authorization };
  const query = new URLSearchParams({ service: "slipway-test-registry", scope });
  const answer = await fetch(`${registry.origin}/token?${query}`, { headers });
  assert.equal(answer.status, 200);
  return `Bearer ${JSON.parse(await answer.text()).token}`;
}

describe("basic authentication", () => {
  it("lets users in, and nobody else", async () => {
    await using registry = await withImage({ auth: { kind: "basic", ...USERS } });
    const challenge = 'Basic realm="slipway-test-registry"';
    assert.deepEqual(await ask(registry, "/v2/"), { status: 401, challenge });
    assert.equal((await ask(registry, "/v2/", BASIC)).status, 200);
    assert.equal((await ask(registry, "/v2/team/app/tags/list", WRONG)).status, 401);
    assert.equal((await ask(registry, "/v2/team/app/tags/list", BASIC)).status, 200);
    assert.deepEqual(
      [...registry.requests].map((request) => request.authorization),
      ["none", "basic", "basic", "basic"],
    );
  });

  it("denies what a user may not do", async () => {
    const allow = (_: string | undefined, __: string, action: string) => action === "pull";
    await using registry = await withImage({ auth: { kind: "basic", ...USERS, allow } });
    assert.equal((await ask(registry, "/v2/team/app/tags/list")).status, 200);
    assert.equal((await ask(registry, "/v2/team/app/blobs/uploads/", BASIC, "POST")).status, 403);
    assert.equal((await ask(registry, "/v2/team/app/blobs/uploads/", undefined, "POST")).status, 401);
  });
});

describe("token authentication", () => {
  const auth = { kind: "token", ...USERS, expiresInSeconds: 60 } as const;

  for (const [method, path, scope] of [
    ["GET", "/v2/team/app/tags/list", "repository:team/app:pull"],
    ["POST", "/v2/team/app/blobs/uploads/", "repository:team/app:pull,push"],
    ["DELETE", "/v2/team/app/manifests/v1", "repository:team/app:delete"],
    [
      "POST",
      "/v2/team/app/blobs/uploads/?mount=sha256:00&from=base/os",
      "repository:team/app:pull,push repository:base/os:pull",
    ],
    ["GET", "/v2/_catalog", "registry:catalog:*"],
  ] as const) {
    it(`asks for ${scope} on ${method} ${path.slice(0, 40)}`, async () => {
      await using registry = await withImage({ auth });
      const { status, challenge } = await ask(registry, path, undefined, method);
      assert.equal(status, 401);
      const realm = `realm="${registry.origin}/token",service="slipway-test-registry"`;
      assert.equal(challenge, `Bearer ${realm},scope="${scope}"`);
      const allowed = await ask(registry, path, await token(registry, scope, BASIC), method);
      assert.ok(allowed.status < 300, `status ${allowed.status}`);
    });
  }

  it("takes no token for another repository, or for less", async () => {
    await using registry = await withImage({ auth });
    const other = await token(registry, "repository:team/other:pull,push", BASIC);
    const refused = await ask(registry, "/v2/team/app/tags/list", other);
    assert.equal(refused.status, 401);
    assert.match(refused.challenge ?? "", /error="insufficient_scope"/);
    const pull = await token(registry, "repository:team/app:pull", BASIC);
    assert.equal((await ask(registry, "/v2/team/app/blobs/uploads/", pull, "POST")).status, 401);
  });

  it("gives no rights to wrong passwords and to strangers", async () => {
    await using registry = await withImage({ auth });
    assert.equal((await ask(registry, "/token?scope=repository:team/app:pull", WRONG)).status, 401);
    const stranger = await token(registry, "repository:team/app:pull");
    assert.equal((await ask(registry, "/v2/team/app/tags/list", stranger)).status, 401);
  });

  it("takes no token after its time", async () => {
    await using registry = await withImage({ auth: { ...auth, expiresInSeconds: 0.2 } });
    const short = await token(registry, "repository:team/app:pull", BASIC);
    assert.equal((await ask(registry, "/v2/team/app/tags/list", short)).status, 200);
    await sleep(250);
    const { status, challenge } = await ask(registry, "/v2/team/app/tags/list", short);
    assert.equal(status, 401);
    assert.match(challenge ?? "", /error="invalid_token"/);
  });

  it("exchanges passwords and refresh tokens", async () => {
    await using registry = await withImage({ auth });
    const post = async (form: Readonly<Record<string, string>>) => {
      const common = { service: "slipway-test-registry", client_id: "test", scope: "repository:team/app:pull" };
      const answer = await fetch(`${registry.origin}/token`, {
        method: "POST",
        body: new URLSearchParams({ ...common, ...form }),
      });
      return { status: answer.status, body: JSON.parse(await answer.text()) };
    };
    const login = { grant_type: "password", username: "alice", password: "a:secret", access_type: "offline" };
    const first = await post(login);
    assert.equal(first.status, 200);
    const second = await post({ grant_type: "refresh_token", refresh_token: first.body.refresh_token });
    assert.equal((await ask(registry, "/v2/team/app/tags/list", `Bearer ${second.body.access_token}`)).status, 200);
    assert.equal((await post({ ...login, password: "wrong" })).status, 401);
    assert.equal((await post({ grant_type: "refresh_token", refresh_token: "made.up" })).status, 401);
    assert.equal((await post({ grant_type: "authorization_code" })).status, 400);
    const access = await ask(registry, "/v2/team/app/tags/list", `Bearer ${first.body.refresh_token}`);
    assert.equal(access.status, 401);
  });

  it("names the realm that it was told to name", async () => {
    await using registry = await withImage({ auth: { ...auth, realm: "http://169.254.169.254/token" } });
    assert.match((await ask(registry, "/v2/")).challenge ?? "", /^Bearer realm="http:\/\/169\.254\.169\.254\/token"/);
  });
});
