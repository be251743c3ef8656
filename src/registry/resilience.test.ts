import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool } from "undici";
import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { digestOf } from "../oci/digest.ts";
import { bodyOf, collect } from "../target/bytes.ts";
import { verified } from "../target/verified.ts";
import { randomImage, startRegistry, type TestRegistry } from "../testing/index.ts";
import { staticCredentials } from "./credentials/static.ts";
import type { HostOptions } from "./options.ts";
import { createRegistry } from "./registry.ts";
import type { Repository } from "./repository.ts";
import { exchange } from "./transport/exchange.ts";

const BYTES = Buffer.alloc(3_000_000, "Slipway ");
const BLOB: Descriptor = descriptorOf(BYTES, "application/octet-stream");
const MiB = 1024 * 1024;

interface Setting {
  readonly server: TestRegistry;
  readonly repository: Repository;
}

type Options = Parameters<typeof startRegistry>[0] & { readonly host?: HostOptions };

async function at({ host, ...options }: Options, work: (setting: Setting) => Promise<void>): Promise<void> {
  await using server = await startRegistry(options);
  const client = createRegistry({
    credentials: staticCredentials("the test", [
      { prefix: server.host, username: "u", password: "p", origin: "the test" },
    ]),
    retry: { attempts: 4, baseMilliseconds: 5 },
    hosts: { [server.host]: host ?? {} },
  });
  try {
    await work({ server, repository: client.repository({ registry: server.host, repository: "team/app" }) });
  } finally {
    await client.close();
  }
}

const withBlob = (options: Options, work: (setting: Setting) => Promise<void>) =>
  at(options, async (setting) => {
    await setting.repository.pushBlob(BLOB, bodyOf(BYTES));
    setting.server.requests.clear();
    await work(setting);
  });

const read = (repository: Repository) => collect(verified("source", BLOB, repository.blob(BLOB)), BLOB.size);

test("F1: a blob cut at half goes on by Range", () =>
  withBlob({}, async ({ server, repository }) => {
    const cut = { kind: "cut", of: "response", afterBytes: BLOB.size / 2 } as const;
    server.faults.add({ method: "GET", kind: "blob", when: { first: 1 }, effect: cut });
    assert.equal(digestOf(await read(repository)), BLOB.digest);
    const [, second] = server.requests.of("GET", "blob");
    assert.match(second?.headers.range ?? "", /^bytes=[1-9]\d*-$/);
    assert.ok(server.requests.bytesOut("GET", "blob") <= BLOB.size + MiB);
  }));

test("F2: a blob cut ten times arrives: tries that got somewhere do not count", () =>
  withBlob({}, async ({ server, repository }) => {
    const cut = { kind: "cut", of: "response", afterBytes: 300_000 } as const;
    server.faults.add({ method: "GET", kind: "blob", effect: cut });
    assert.equal(digestOf(await read(repository)), BLOB.digest);
    assert.ok(server.requests.count("GET", "blob") >= 10);
  }));

test("F3: a Range that is answered with everything is not spliced", () =>
  withBlob({}, async ({ server, repository }) => {
    server.faults.add({
      method: "GET",
      kind: "blob",
      when: { first: 1 },
      effect: { kind: "cut", of: "response", afterBytes: 1_000_000 },
    });
    server.faults.add({ method: "GET", kind: "blob", effect: { kind: "ignore-range" } });
    assert.equal(digestOf(await read(repository)), BLOB.digest);
  }));

test("F4: a wrong Content-Range is rejected", () =>
  withBlob({}, async ({ server, repository }) => {
    server.faults.add({
      method: "GET",
      kind: "blob",
      when: { first: 1 },
      effect: { kind: "cut", of: "response", afterBytes: 1_000_000 },
    });
    const headers = { "content-range": `bytes 7-${BLOB.size - 1}/${BLOB.size}` };
    server.faults.add({ method: "GET", kind: "blob", when: { nth: [2] }, effect: { kind: "headers", headers } });
    await assert.rejects(read(repository), { code: "ANSWER_INVALID" });
  }));

test("F7: a bit that is flipped on the way is noticed before the last byte is given on", () =>
  withBlob({}, async ({ server, repository }) => {
    server.faults.add({ method: "GET", kind: "blob", effect: { kind: "flip-bit", of: "response", atByte: 5 } });
    let given = 0;
    const body = verified("source", BLOB, repository.blob(BLOB));
    await assert.rejects(
      body((chunk) => {
        given += chunk.byteLength;
        return undefined;
      }),
      { code: "CONTENT_MISMATCH" },
    );
    assert.ok(given < BLOB.size);
  }));

test("F8: a host that says 429 with Retry-After is left alone by everything for so long", () =>
  withBlob({}, async ({ server, repository }) => {
    const effect = { kind: "status", status: 429, headers: { "retry-after": "1" } } as const;
    server.faults.add({ method: "HEAD", kind: "manifest", when: { first: 1 }, effect });
    const started = Date.now();
    await repository.resolve("v1");
    const [first, second] = server.requests.of("HEAD", "manifest");
    assert.ok(Date.now() - started >= 1000);
    assert.ok((second?.startedAt ?? 0) - (first?.endedAt ?? 0) >= 990);
  }));

for (const status of [429, 500, 502, 503, 504]) {
  test(`F10: ${status} on questions, uploads and manifests is tried again`, () =>
    at({}, async ({ server, repository }) => {
      server.faults.add({ when: { every: 3 }, effect: { kind: "status", status } });
      const image = await randomImage({ seed: String(status) });
      for (const { descriptor, body } of image.blobs) await repository.pushBlob(descriptor, body);
      for (const manifest of image.manifests) await repository.pushManifest(manifest, "v1");
      assert.equal((await repository.resolve("v1"))?.digest, image.root.digest);
    }));
}

test("what cannot get better is not tried again", () =>
  at({}, async ({ server, repository }) => {
    for (const status of [400, 403, 501]) {
      server.requests.clear();
      const fault = server.faults.add({ effect: { kind: "status", status } });
      await assert.rejects(repository.resolve("v1"), { retryable: false });
      assert.equal(server.requests.length, 1);
      fault.remove();
    }
  }));

test("F16: an upload whose answer was lost is not sent again", () =>
  at({}, async ({ server, repository }) => {
    server.faults.add({ method: "PUT", kind: "upload", effect: { kind: "lose-answer" } });
    assert.equal(await repository.pushBlob(BLOB, bodyOf(BYTES)), "written");
    assert.equal(server.requests.count("PUT", "upload"), 1);
  }));

test("F17, F18: a manifest whose answer was lost is put again and is one", () =>
  at({}, async ({ server, repository }) => {
    server.faults.add({ method: "PUT", kind: "manifest", when: { nth: [1] }, effect: { kind: "status", status: 502 } });
    server.faults.add({ method: "PUT", kind: "manifest", when: { nth: [2] }, effect: { kind: "lose-answer" } });
    const image = await randomImage({ seed: "lost" });
    for (const { descriptor, body } of image.blobs) await repository.pushBlob(descriptor, body);
    for (const manifest of image.manifests) await repository.pushManifest(manifest, "v1");
    assert.deepEqual(Object.keys(server.tags("team/app")), ["v1"]);
  }));

test("F21: a mount that is refused goes on in the session that came of it", () =>
  withBlob({}, async ({ server, repository }) => {
    server.faults.add({ kind: "mount", effect: { kind: "refuse-mount" } });
    const bytes = Buffer.from("elsewhere");
    const pushed = await repository.pushBlob(descriptorOf(bytes, "text/plain"), bodyOf(bytes), {
      mountFrom: "team/other",
    });
    assert.equal(pushed, "written");
    assert.equal(server.requests.count("POST"), 1);
  }));

test("F23: tokens that expire in the middle of everything are renewed", () =>
  at({ auth: { kind: "token", users: { u: "p" }, expiresInSeconds: 1 } }, async ({ server, repository }) => {
    server.faults.add({
      method: "PUT",
      kind: "upload",
      when: { first: 1 },
      effect: { kind: "latency", milliseconds: 1300 },
    });
    await repository.pushBlob(BLOB, bodyOf(BYTES));
    assert.ok(await repository.exists(BLOB));
    assert.ok(server.requests.count("GET", "token") >= 2);
  }));

test("one token serves all that wait for it, and each kind of request asks once", () =>
  at({ auth: { kind: "token", users: { u: "p" }, expiresInSeconds: 300 } }, async ({ server, repository }) => {
    await Promise.all(Array.from({ length: 20 }, () => repository.resolve("v1")));
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        repository.pushBlob(descriptorOf(Buffer.from([at]), "a/b"), bodyOf(Buffer.from([at]))),
      ),
    );
    assert.equal(server.requests.count("GET", "token"), 2);
  }));

test("credentials never follow a redirect to another origin", () =>
  withBlob({ redirectBlobs: true, auth: { kind: "basic", users: { u: "p" } } }, async ({ server, repository }) => {
    assert.equal(digestOf(await read(repository)), BLOB.digest);
    const storage = server.requests.of("GET", "storage");
    assert.equal(storage.length, 1);
    assert.deepEqual(
      storage.map(({ authorization }) => authorization),
      ["none"],
    );
  }));

test("S13: a blob that runs longer than it said stops at the first byte too many", () =>
  withBlob({}, async ({ repository }) => {
    const short = { ...BLOB, size: 1000 };
    await assert.rejects(collect(verified("source", short, repository.blob(short)), BLOB.size), {
      code: "CONTENT_MISMATCH",
    });
  }));

test("S10: a lying Docker-Content-Digest fails", () =>
  at({}, async ({ server, repository }) => {
    const image = await randomImage({ seed: "lie" });
    await server.put("team/app", image, "v1");
    const headers = { "docker-content-digest": digestOf("something else") };
    server.faults.add({ method: "GET", kind: "manifest", effect: { kind: "headers", headers } });
    await assert.rejects(repository.manifest("v1"), { code: "CONTENT_MISMATCH" });
  }));

test("S18: a blob with Content-Encoding is refused", () =>
  withBlob({}, async ({ server, repository }) => {
    server.faults.add({
      method: "GET",
      kind: "blob",
      effect: { kind: "headers", headers: { "content-encoding": "gzip" } },
    });
    await assert.rejects(read(repository), { code: "ANSWER_INVALID" });
  }));

test("S16: a page that leads to another host is not followed", () =>
  at({}, async ({ server, repository }) => {
    await server.put("team/app", await randomImage({ seed: "page" }), "v1");
    const link = '<http://169.254.169.254/v2/team/app/tags/list?n=1>; rel="next"';
    server.faults.add({ kind: "tags", effect: { kind: "headers", headers: { link } } });
    await assert.rejects(Array.fromAsync(repository.tags()), { code: "ANSWER_INVALID" });
  }));

test("S16: pages that go round in circles end", () =>
  at({}, async ({ server, repository }) => {
    await server.put("team/app", await randomImage({ seed: "page" }), "v1");
    server.faults.add({
      kind: "tags",
      effect: { kind: "headers", headers: { link: '</v2/team/app/tags/list?n=1>; rel="next"' } },
    });
    await assert.rejects(Array.fromAsync(repository.tags()), { code: "ANSWER_INVALID" });
  }));

test("no more requests run at the same time than a host is to have", () =>
  at({ host: { concurrency: 3 } }, async ({ server, repository }) => {
    server.faults.add({ effect: { kind: "latency", milliseconds: 10 } });
    await Promise.all(Array.from({ length: 20 }, () => repository.resolve("v1")));
    assert.equal(server.requests.mostAtOnce, 3);
  }));

test("a pace is kept", () =>
  at({ host: { rate: 50 } }, async ({ repository }) => {
    const started = Date.now();
    await Promise.all(Array.from({ length: 11 }, () => repository.resolve("v1")));
    assert.ok(Date.now() - started >= 190);
  }));

test("a limit on the rate holds for uploads and for downloads", async () => {
  await using server = await startRegistry({});
  const client = createRegistry({ credentials: staticCredentials("the test", []), limitRate: 6_000_000 });
  const repository = client.repository({ registry: server.host, repository: "team/app" });
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    return (performance.now() - started) / 1000;
  };
  const up = await timed(() => repository.pushBlob(BLOB, bodyOf(BYTES)));
  const down = await timed(() => read(repository));
  for (const seconds of [up, down]) assert.ok(seconds > 0.38 && seconds < 2, `${up} ${down}`);
  await client.close();
});

test("1,000 questions use few connections", () =>
  at({}, async ({ server, repository }) => {
    await Promise.all(Array.from({ length: 1000 }, () => repository.resolve("v1")));
    assert.ok(new Set([...server.requests].map(({ connection }) => connection)).size <= 80);
  }));

test("an aborted read ends at once and is not tried again", () =>
  withBlob({}, async ({ server, repository }) => {
    server.faults.add({ method: "GET", kind: "blob", effect: { kind: "stall", of: "response", afterBytes: 100_000 } });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 100);
    await assert.rejects(
      repository.blob(BLOB)(() => undefined, { signal: stop.signal }),
      /enough/,
    );
    assert.equal(server.requests.count("GET", "blob"), 1);
  }));

test("a question that is given up while it waits for a connection leaves that connection to others", async () => {
  await using server = await startRegistry({});
  server.faults.add({ effect: { kind: "latency", milliseconds: 50 } });
  const pool = new Pool(server.origin, { connections: 1, pipelining: 1 });
  const url = new URL("/v2/", server.origin);
  const ask = (signal?: AbortSignal) => exchange(pool, { method: "GET", url, headers: {}, ...(signal && { signal }) });
  const first = ask();
  const stop = new AbortController();
  const second = ask(stop.signal);
  stop.abort(new Error("enough"));
  await assert.rejects(second, /enough/);
  await (await first).drop();
  assert.equal((await ask()).status, 200);
  await pool.destroy();
});

test("rate limits are noted", async () => {
  await using server = await startRegistry({});
  const headers = { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "76;w=21600" };
  server.faults.add({ effect: { kind: "headers", headers } });
  const client = createRegistry({ credentials: staticCredentials("the test", []) });
  await client.repository({ registry: server.host, repository: "a/b" }).resolve("v1");
  assert.deepEqual(client.statistics(), [
    { host: server.host, requests: 1, rateLimit: { limit: 100, remaining: 76, windowSeconds: 21600 } },
  ]);
  await client.close();
});

for (const auth of ["basic", "token"] as const) {
  test(`a wrong password (${auth}) is not sent a thousand times`, () =>
    at({ auth: { kind: auth, users: { u: "another" }, expiresInSeconds: 300 } }, async ({ server, repository }) => {
      await assert.rejects(repository.resolve("v1"), { code: "UNAUTHORIZED" });
      for (let tag = 0; tag < 20; tag += 1)
        await assert.rejects(repository.resolve(`v${tag}`), { code: "UNAUTHORIZED" });
      const tried = [...server.requests].filter(({ authorization }) => authorization === "basic");
      assert.equal(tried.length, 1);
    }));
}

test("F11: a dead host is waited for once, and seen when it is back", async () => {
  const server = await startRegistry({});
  const { host } = server;
  const retry = { attempts: 3, baseMilliseconds: 200 };
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    retry,
    hosts: { [host]: { tls: false } },
  });
  const repository = client.repository({ registry: host, repository: "team/app" });
  await server.close();
  await assert.rejects(repository.resolve("v1"), { code: "HOST_UNREACHABLE", retryable: true });
  const started = Date.now();
  for (let tag = 0; tag < 20; tag += 1)
    await assert.rejects(repository.resolve(`v${tag}`), { code: "HOST_UNREACHABLE" });
  assert.ok(Date.now() - started < 1000);
  await using again = await startRegistry({ port: Number(host.split(":")[1]) });
  assert.equal(await repository.resolve("v1"), undefined);
  assert.equal(again.requests.length, 1);
  await client.close();
});
