import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { descriptorOf } from "../oci/descriptor.ts";
import { bodyOf } from "../target/bytes.ts";
import { type RegistryOptions, randomImage, startRegistry, type TestRegistry } from "../testing/index.ts";
import { staticCredentials } from "./credentials/static.ts";
import { createRegistry } from "./registry.ts";
import type { Repository } from "./repository.ts";

const SECRET = "canary-7f3a";

/** Something of somebody else's, which should see nothing. */
async function decoy(host = "127.0.0.2") {
  const seen: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", authorization: request.headers.authorization });
    request.resume();
    response.writeHead(201, { "content-type": "application/json" }).end('{"token":"x"}');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    origin: `http://${host}:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await close();
    },
  };
}

async function at(
  options: RegistryOptions,
  work: (repository: Repository, server: TestRegistry) => Promise<void>,
): Promise<void> {
  await using server = await startRegistry(options);
  const credentials = staticCredentials("the test", [
    { prefix: server.host, username: "u", password: SECRET, origin: "the test" },
  ]);
  const client = createRegistry({ credentials, retry: { attempts: 2, baseMilliseconds: 5 } });
  try {
    await work(client.repository({ registry: server.host, repository: "team/app" }), server);
  } finally {
    await client.close();
  }
}

const tokens = (realm?: string): RegistryOptions => ({
  auth: { kind: "token", users: { u: SECRET }, expiresInSeconds: 60, ...(realm !== undefined && { realm }) },
});

test("S1: a realm elsewhere, with a user name, or in the metadata network sees nothing", async () => {
  await using other = await decoy();
  const realms = [
    `${other.origin}/token`,
    `${other.origin.replace("http://", "http://user:password@")}/token`,
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
  ];
  for (const realm of realms) {
    await at(tokens(realm), async (repository) => {
      await assert.rejects(repository.resolve("v1"), { code: "REALM_REFUSED" }, realm);
    });
  }
  assert.deepEqual(other.seen, []);
});

test("S5: a token server that redirects is not followed", async () => {
  await using other = await decoy("127.0.0.1");
  await at(tokens(), async (repository, server) => {
    const headers = { location: `${other.origin}/token` };
    server.faults.add({ kind: "token", effect: { kind: "status", status: 307, headers } });
    await assert.rejects(repository.resolve("v1"), { code: "REGISTRY_ANSWER" });
  });
  assert.deepEqual(other.seen, []);
});

test("S6: an upload that is sent to another host goes there without credentials", async () => {
  await using other = await decoy();
  await at({ auth: { kind: "basic", users: { u: SECRET } } }, async (repository, server) => {
    const headers = { location: `${other.origin}/upload?state=1` };
    server.faults.add({ method: "POST", kind: "upload", effect: { kind: "status", status: 202, headers } });
    const bytes = Buffer.from("blob");
    await repository.pushBlob(descriptorOf(bytes, "text/plain"), bodyOf(bytes));
  });
  assert.equal(other.seen.length, 1);
  assert.match(other.seen[0]?.path ?? "", /^\/upload\?state=1&digest=sha256/);
  assert.equal(other.seen[0]?.authorization, undefined);
});

test("S7: a blob that is redirected is asked for without any header of ours but the range", async () => {
  await using other = await decoy();
  await at({ auth: { kind: "basic", users: { u: SECRET } } }, async (repository, server) => {
    const image = await randomImage({ seed: "redirect" });
    await server.put("team/app", image, "v1");
    const headers = { location: `${other.origin}/blob` };
    server.faults.add({ method: "GET", kind: "blob", effect: { kind: "status", status: 307, headers } });
    const [blob] = image.blobs;
    assert.ok(blob);
    await assert.rejects(repository.blob(blob.descriptor)(() => undefined));
  });
  assert.ok(other.seen.length > 0);
  assert.ok(other.seen.every(({ authorization }) => authorization === undefined));
});

test("S14: a manifest that does not end is given up at 4 MiB", () =>
  at({}, async (repository, server) => {
    const body = " ".repeat(5 * 1024 * 1024);
    const headers = { "content-type": "application/vnd.oci.image.index.v1+json" };
    server.faults.add({ method: "GET", kind: "manifest", effect: { kind: "status", status: 200, headers, body } });
    await assert.rejects(repository.manifest("v1"), { code: "ANSWER_INVALID" });
  }));

test("S15: a token or an error that does not end is given up", async () => {
  const body = "x".repeat(3 * 1024 * 1024);
  await at(tokens(), async (repository, server) => {
    server.faults.add({ kind: "token", effect: { kind: "status", status: 200, body } });
    await assert.rejects(repository.resolve("v1"), { code: "ANSWER_INVALID" });
  });
  await at({}, async (repository, server) => {
    server.faults.add({ method: "GET", kind: "tags", effect: { kind: "status", status: 400, body } });
    await assert.rejects(Array.fromAsync(repository.tags()), (error: unknown) => String(error).length < 1000);
  });
});

test("S23: no error, message or cause holds the password", () =>
  at({ auth: { kind: "basic", users: { u: "another" } } }, async (repository) => {
    const error = await repository.resolve("v1").then(
      () => assert.fail("it should be refused"),
      (thrown: unknown) => thrown,
    );
    const seen = new Set<unknown>();
    for (let one: unknown = error; one instanceof Error && !seen.has(one); one = one.cause) {
      seen.add(one);
      assert.ok(!`${one.stack}${JSON.stringify(one)}`.includes(SECRET));
    }
  }));
