import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { randomImage, startRegistry } from "../testing/index.ts";
import type { Auth, RegistryOptions } from "../testing/registry/options.ts";
import {
  type DockerRegistry,
  type DockerRegistryOptions,
  startDockerRegistry,
} from "../testing/servers/docker-registry.ts";
import type { ErrorCode } from "../words/error.ts";
import { staticCredentials } from "./credentials/static.ts";
import type { PushProbe } from "./probe.ts";
import { createRegistry } from "./registry.ts";
import type { Repository } from "./repository.ts";

const USERS = { writer: "w", reader: "r" };
const RIGHTS = {
  users: USERS,
  allow: (user: string | undefined, _: string, action: string) =>
    action === "pull" || (user === "writer" && action !== "delete"),
};
const BASIC: Auth = { kind: "basic", ...RIGHTS };
const TOKEN: Auth = { kind: "token", expiresInSeconds: 60, ...RIGHTS };
const WHO_DELETES_TOO: Auth = { kind: "token", expiresInSeconds: 60, users: USERS };

const CANCELLED: PushProbe = { pushes: true, cancelled: true };

async function as<T>(user: string, host: string, work: (repository: Repository) => Promise<T>): Promise<T> {
  const known = Object.entries({ ...USERS, stranger: "guess" }).filter(([name]) => name === user);
  const table = known.map(([username, password]) => ({ prefix: host, username, password, origin: "slipway.yaml:4" }));
  const client = createRegistry({
    credentials: staticCredentials("the test", table),
    retry: { attempts: 2, baseMilliseconds: 5 },
  });
  try {
    return await work(client.repository({ registry: host, repository: "team/app" }));
  } finally {
    await client.close();
  }
}

const probe = (repository: Repository) => repository.probePush();

for (const [what, options, user] of [
  ["anybody may", {}, "nobody"],
  ["with a password", { auth: { kind: "basic", users: USERS } }, "writer"],
  ["with a token", { auth: WHO_DELETES_TOO }, "writer"],
  ["where Locations are absolute", { locations: "absolute" }, "nobody"],
] as const satisfies readonly (readonly [string, RegistryOptions, string])[]) {
  test(`a probe opens an upload and cancels it: ${what}`, async () => {
    await using server = await startRegistry(options);
    assert.deepEqual(await as(user, server.host, probe), CANCELLED);
    assert.equal(server.requests.of("POST", "upload").filter(({ status }) => status === 202).length, 1);
    assert.equal(server.requests.of("DELETE", "upload").at(-1)?.status, 204);
    assert.equal(server.openUploads, 0);
    assert.equal(server.requests.bytesIn("POST", "upload"), 0);
    assert.deepEqual(server.repositories(), []);
  });
}

for (const [what, options, reason] of [
  ["a registry that cancels none", { cancelsUploads: false }, "UNSUPPORTED DELETE is not supported here"],
  ["a user who may not delete", { auth: BASIC }, "DENIED writer may not do this"],
  ["a token without the right to delete", { auth: TOKEN }, "UNAUTHORIZED authentication required"],
] as const satisfies readonly (readonly [string, RegistryOptions, string])[]) {
  test(`a probe that cannot be cancelled says why: ${what}`, async () => {
    await using server = await startRegistry(options);
    const image = await randomImage({ seed: "probe" });
    await as("writer", server.host, async (repository) => {
      assert.deepEqual(await repository.probePush(), { pushes: true, cancelled: false, reason });
      assert.equal(server.openUploads, 1);
      // the refusal to delete is held against nobody: what is pushed next goes through
      const [blob] = image.blobs;
      assert.ok(blob);
      assert.equal(await repository.pushBlob(blob.descriptor, blob.body), "written");
    });
  });
}

for (const status of [400, 404, 500, 501]) {
  test(`a probe whose cancelling is answered ${status} has told what it was asked`, async () => {
    await using server = await startRegistry();
    server.faults.add({ method: "DELETE", effect: { kind: "status", status } });
    const reason = `answer ${status}`;
    assert.deepEqual(await as("nobody", server.host, probe), { pushes: true, cancelled: false, reason });
    assert.equal(server.requests.count("DELETE"), 1);
  });
}

const says = (code: string, message: string) => JSON.stringify({ errors: [{ code, message, detail: {} }] });

const REFUSALS: readonly (readonly [what: string, status: number, body: string, code: ErrorCode])[] = [
  ["ECR", 404, says("NAME_UNKNOWN", "The repository with name 'team/app' does not exist"), "REPOSITORY_UNKNOWN"],
  ["Harbor", 404, says("NOT_FOUND", "project team not found"), "REPOSITORY_UNKNOWN"],
  ["Harbor", 403, says("DENIED", "will exceed the configured upper limit of 10.0 GiB"), "QUOTA_EXCEEDED"],
  ["GitHub", 403, says("DENIED", "permission_denied: write_package"), "DENIED"],
];

for (const [what, status, body, code] of REFUSALS) {
  test(`a probe that is refused: ${what}, ${body} is ${code}`, async () => {
    await using server = await startRegistry();
    server.faults.add({ method: "POST", effect: { kind: "status", status, body } });
    await assert.rejects(as("nobody", server.host, probe), { code, retryable: false });
    assert.equal(server.requests.count("DELETE"), 0);
  });
}

for (const [what, auth, user, code] of [
  ["a password that may read alone", BASIC, "reader", "DENIED"],
  ["a token that may read alone", TOKEN, "reader", "UNAUTHORIZED"],
  ["a wrong password", BASIC, "stranger", "UNAUTHORIZED"],
  ["nobody, where a login is needed", TOKEN, "nobody", "UNAUTHORIZED"],
] as const) {
  test(`a probe that is refused: ${what}`, async () => {
    await using server = await startRegistry({ auth });
    await assert.rejects(as(user, server.host, probe), (error: Error & { code?: unknown }) => {
      assert.equal(error.code, code);
      assert.doesNotMatch(error.message, /guess/);
      return true;
    });
    assert.equal(server.openUploads, 0);
  });
}

test("where uploads go on at another host, nothing is asked of it", async () => {
  await using server = await startRegistry();
  await using elsewhere = await startRegistry();
  const location = `${elsewhere.origin}/v2/team/app/blobs/uploads/1`;
  server.faults.add({ method: "POST", effect: { kind: "headers", headers: { location } } });
  const reason = `its uploads go to ${elsewhere.host}`;
  assert.deepEqual(await as("nobody", server.host, probe), { pushes: true, cancelled: false, reason });
  assert.equal(elsewhere.requests.length, 0);
});

for (const [what, options, user] of [
  ["without a login", {}, "nobody"],
  ["with a password", { auth: { kind: "basic", users: USERS } }, "writer"],
  ["with a token", { auth: { kind: "token", expiresInSeconds: 60, users: USERS } }, "writer"],
] as const satisfies readonly (readonly [string, DockerRegistryOptions, string])[]) {
  test(`a probe leaves no upload in Docker's registry ${what}`, async () => {
    await using server = await startDockerRegistry(options);
    assert.deepEqual(await as(user, server.host, probe), CANCELLED);
    assert.deepEqual(await filesOf(server), ["hashstates/sha256/0"]);
  });
}

test("a probe of Docker's registry by who may push and not delete leaves its upload, and says so", async () => {
  await using server = await startDockerRegistry({ auth: { ...TOKEN, kind: "token", expiresInSeconds: 60 } });
  const probed = await as("writer", server.host, probe);
  assert.ok(!probed.cancelled);
  assert.match(probed.reason, /^UNAUTHORIZED /);
  await assert.rejects(as("reader", server.host, probe), { code: "UNAUTHORIZED" });
  assert.deepEqual(await filesOf(server), ["data", "hashstates/sha256/0", "startedat"]);
});

/**
 * What Docker's registry has of its uploads, and nothing else is in its folder. An upload is its `data` and when it
 * began; 2.8 forgets it when it is cancelled, and then writes back what it had hashed: nothing, in about a hundred bytes.
 */
async function filesOf({ folder }: DockerRegistry): Promise<readonly string[]> {
  const entries = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const uploads = join(folder, "files/docker/registry/v2/repositories/team/app/_uploads");
  return files.map((file) => relative(uploads, file).replace(/^[\da-f-]{36}\//, "")).sort();
}
