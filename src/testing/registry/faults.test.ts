import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { describe, it } from "node:test";
import { type Digest, digestOf } from "../../oci/digest.ts";
import { randomImage } from "../images/random.ts";
import type { FaultEffect, Occurrence } from "./faults.ts";
import { startRegistry } from "./start.ts";
import type { TestRegistry } from "./test-registry.ts";

const LAYER_BYTES = 300_000;

async function withLayer(): Promise<{ registry: TestRegistry; path: string; digest: Digest; size: number }> {
  const registry = await startRegistry();
  const image = await randomImage({ seed: "image", layers: [{ seed: "layer", bytes: LAYER_BYTES }] });
  await registry.put("app", image, "v1");
  const layer = image.blobs[1]?.descriptor;
  assert.ok(layer !== undefined);
  return { registry, path: `${registry.origin}/v2/app/blobs/${layer.digest}`, digest: layer.digest, size: layer.size };
}

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  /** Whether the body ended as it should. */
  readonly complete: boolean;
}

/** Takes what comes, up to the cut. Rejects where not even a status comes. */
function receive(url: string, options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {}) {
  const { method = "GET", headers = {}, body } = options;
  return new Promise<Received>((resolve, reject) => {
    const request = httpRequest(url, { method, headers: { connection: "close", ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", () => undefined);
      response.on("close", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
          complete: response.complete,
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

describe("faults of a blob's answer", () => {
  for (const [what, effect, check] of [
    [
      "a status",
      { kind: "status", status: 429, headers: { "retry-after": "2" }, body: "slow down" },
      ({ status, headers, body }) =>
        assert.deepEqual([status, headers["retry-after"], body.toString()], [429, "2", "slow down"]),
    ],
    [
      "a cut",
      { kind: "cut", of: "response", afterBytes: 100_000 },
      ({ status, body, complete }) => assert.deepEqual([status, body.length, complete], [200, 100_000, false]),
    ],
    [
      "a cut before the first byte",
      { kind: "cut", of: "response", afterBytes: 0 },
      ({ status, body, complete }) => assert.deepEqual([status, body.length, complete], [200, 0, false]),
    ],
    [
      "a flipped bit",
      { kind: "flip-bit", of: "response", atByte: 123_456 },
      ({ body, complete }, digest) => {
        assert.ok(complete);
        assert.notEqual(digestOf(body), digest);
        body[123_456] = (body[123_456] ?? 0) ^ 1;
        assert.equal(digestOf(body), digest);
      },
    ],
    [
      "a lying digest",
      { kind: "headers", headers: { "docker-content-digest": "sha256:00" } },
      ({ headers }) => assert.equal(headers["docker-content-digest"], "sha256:00"),
    ],
    [
      "a Range that is not looked at",
      { kind: "ignore-range" },
      ({ status, body }, digest) => assert.deepEqual([status, digestOf(body)], [200, digest]),
    ],
  ] satisfies [string, FaultEffect, (received: Received, digest: Digest) => void][]) {
    it(`can be ${what}`, async () => {
      const { registry, path, digest } = await withLayer();
      await using _ = registry;
      const fault = registry.faults.add({ kind: "blob", effect });
      check(await receive(path, effect.kind === "ignore-range" ? { headers: { range: "bytes=10-" } } : {}), digest);
      assert.equal(fault.hits, 1);
    });
  }

  it("can be slowness, and latency", async () => {
    const { registry, path, size } = await withLayer();
    await using _ = registry;
    registry.faults.add({ effect: { kind: "slow", of: "response", bytesPerSecond: size * 4 } });
    registry.faults.add({ effect: { kind: "latency", milliseconds: 100 } });
    const start = performance.now();
    assert.equal((await receive(path)).body.length, size);
    const took = performance.now() - start;
    assert.ok(took > 300, `${took} ms`);
  });

  it("can be a stall, until the client leaves", async () => {
    const { registry, path } = await withLayer();
    await using _ = registry;
    registry.faults.add({ effect: { kind: "stall", of: "response", afterBytes: 50_000 } });
    let received = 0;
    const signal = AbortSignal.timeout(200);
    await assert.rejects(async () => {
      const answer = await fetch(path, { signal });
      for await (const chunk of answer.body ?? []) received += chunk.length;
    }, /aborted due to timeout/);
    assert.equal(received, 50_000);
  });

  it("can be without end and without a length, until the client leaves", async () => {
    const { registry, path, size } = await withLayer();
    await using _ = registry;
    registry.faults.add({ effect: { kind: "endless" } });
    const answer = await fetch(path);
    let received = 0;
    for await (const chunk of answer.body ?? []) {
      received += chunk.length;
      if (received > 10 * size) break;
    }
    assert.equal(answer.headers.get("content-length"), null);
    assert.ok(received > 10 * size);
  });

  it("can be a lost answer: all was done, and nothing said", async () => {
    await using registry = await startRegistry();
    registry.faults.add({ method: "POST", effect: { kind: "lose-answer" } });
    const body = Buffer.from("blob");
    const path = `/v2/app/blobs/uploads/?digest=${digestOf(body)}`;
    await assert.rejects(receive(registry.origin + path, { method: "POST", body }), /socket hang up/);
    assert.ok(registry.blobs("app").has(digestOf(body)));
    assert.equal([...registry.requests][0]?.status, 201);
  });
});

describe("faults of an upload", () => {
  const body = Buffer.alloc(200_000, 7);

  async function begin(registry: TestRegistry): Promise<string> {
    const { headers } = await receive(`${registry.origin}/v2/app/blobs/uploads/`, { method: "POST" });
    return registry.origin + String(headers.location);
  }

  for (const [cutUploads, status] of [
    ["keep", 204],
    ["forget", 404],
  ] as const) {
    it(`${cutUploads} what came before a cut`, async () => {
      await using registry = await startRegistry({ cutUploads });
      const location = await begin(registry);
      registry.faults.add({ method: "PATCH", effect: { kind: "cut", of: "request", afterBytes: 70_000 } });
      await assert.rejects(receive(location, { method: "PATCH", body }));
      const answer = await receive(location);
      assert.equal(answer.status, status);
      if (cutUploads === "keep") assert.equal(answer.headers.range, "0-69999");
      assert.equal(registry.requests.bytesIn("PATCH"), 70_000);
    });
  }

  it("are noticed by the digest when a bit is flipped", async () => {
    await using registry = await startRegistry();
    const location = await begin(registry);
    registry.faults.add({ effect: { kind: "flip-bit", of: "request", atByte: 199_999 } });
    const answer = await receive(`${location}&digest=${digestOf(body)}`, { method: "PUT", body });
    assert.equal(answer.status, 400);
  });

  it("can be a mount that is refused", async () => {
    const { registry, digest } = await withLayer();
    await using _ = registry;
    const url = `${registry.origin}/v2/other/blobs/uploads/?mount=${digest}&from=app`;
    registry.faults.add({ kind: "mount", when: { first: 1 }, effect: { kind: "refuse-mount" } });
    assert.equal((await receive(url, { method: "POST" })).status, 202);
    assert.equal((await receive(url, { method: "POST" })).status, 201);
  });
});

describe("rules", () => {
  async function struck(when: Occurrence, times: number): Promise<readonly boolean[]> {
    await using registry = await startRegistry();
    registry.faults.add({ kind: "base", when, effect: { kind: "status", status: 503 } });
    const statuses: boolean[] = [];
    for (let time = 0; time < times; time += 1) {
      statuses.push((await receive(`${registry.origin}/v2/`)).status === 503);
    }
    return statuses;
  }

  for (const [when, expected] of [
    [{ nth: [1, 3] }, [true, false, true, false]],
    [{ first: 2 }, [true, true, false, false]],
    [{ every: 2 }, [false, true, false, true]],
  ] as const) {
    it(`strike ${JSON.stringify(when)}`, async () => assert.deepEqual(await struck(when, 4), expected));
  }

  it("strike by chance, the same for the same seed", async () => {
    const when = { probability: 0.5, seed: 7 };
    const first = await struck(when, 40);
    assert.deepEqual(await struck(when, 40), first);
    const hits = first.filter(Boolean).length;
    assert.ok(hits > 10 && hits < 30, `${hits} of 40`);
  });

  it("match method, kind, path and anything else, and can be removed", async () => {
    await using registry = await startRegistry();
    const fault = registry.faults.add({
      method: "GET",
      kind: "tags",
      path: /\?n=5$/,
      where: ({ repository }) => repository === "app",
      effect: { kind: "status", status: 500 },
    });
    const statusOf = async (path: string) => (await receive(registry.origin + path)).status;
    assert.equal(await statusOf("/v2/app/tags/list?n=5"), 500);
    assert.equal(await statusOf("/v2/app/tags/list?n=6"), 404);
    assert.equal(await statusOf("/v2/other/tags/list?n=5"), 404);
    fault.remove();
    assert.equal(await statusOf("/v2/app/tags/list?n=5"), 404);
    assert.equal(fault.hits, 1);
  });
});

describe("the record", () => {
  it("says who asked what, and how much went over the wire", async () => {
    const { registry, path, size } = await withLayer();
    await using _ = registry;
    await receive(path, { headers: { range: "bytes=0-99" } });
    await receive(path, { method: "HEAD" });
    const [get] = registry.requests.of("GET", "blob");
    assert.deepEqual([get?.repository, get?.status, get?.bytesOut], ["app", 206, 100]);
    assert.equal(registry.requests.count("HEAD"), 1);
    assert.equal(registry.requests.bytesOut(), 100);
    registry.requests.clear();
    assert.equal(registry.requests.length, 0);
    registry.faults.add({ effect: { kind: "latency", milliseconds: 50 } });
    await Promise.all([receive(path), receive(path)]);
    assert.equal(registry.requests.bytesOut("GET"), 2 * size);
    assert.equal(registry.requests.mostAtOnce, 2);
  });
});

describe("redirected blobs", () => {
  it("come from another origin, which takes nobody's credentials", async () => {
    await using registry = await startRegistry({ redirectBlobs: true });
    const image = await randomImage({ seed: "image" });
    await registry.put("app", image, "v1");
    const [config] = image.blobs;
    assert.ok(config !== undefined);
    const redirect = await receive(`${registry.origin}/v2/app/blobs/${config.descriptor.digest}`);
    assert.equal(redirect.status, 307);
    const location = String(redirect.headers.location);
    assert.notEqual(new URL(location).origin, registry.origin);
    assert.equal(digestOf((await receive(location)).body), config.descriptor.digest);
    assert.equal((await receive(location, { headers: { authorization: "Bearer leaked" } })).status, 400);
    assert.equal((await receive(location.replace(/signature=.*/, ""))).status, 403);
    assert.equal(registry.requests.count("GET", "storage"), 3);
  });
});
