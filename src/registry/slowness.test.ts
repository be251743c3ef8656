import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { descriptorOf } from "../oci/descriptor.ts";
import { digestOf } from "../oci/digest.ts";
import { bodyOf, collect } from "../target/bytes.ts";
import type { Body } from "../target/target.ts";
import { verified } from "../target/verified.ts";
import { startRegistry, type TestRegistry } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import { staticCredentials } from "./credentials/static.ts";
import type { RegistryEvent } from "./events.ts";
import type { HostOptions } from "./options.ts";
import { createRegistry } from "./registry.ts";
import type { Repository } from "./repository.ts";

/** More than the system's buffers take in before they notice that nobody reads. */
const LARGE = Buffer.alloc(24_000_000, "Slipway ");
const BYTES = LARGE.subarray(0, 4_000_000);
const BLOB = descriptorOf(BYTES, "application/octet-stream");
const IDLE = 1000;

interface Setting {
  readonly server: TestRegistry;
  readonly repository: Repository;
  /** What attempts failed with. */
  readonly retried: readonly string[];
}

for (const [way, largeBodyBytes] of [
  ["sockets of our own", 0],
  ["undici", Number.POSITIVE_INFINITY],
] as const) {
  const at = async (host: HostOptions, work: (setting: Setting) => Promise<void>) => {
    await using server = await startRegistry();
    const retried: string[] = [];
    const tell = (event: RegistryEvent) => {
      if (event.kind === "retrying") retried.push(event.error.code);
    };
    const client = createRegistry({
      credentials: staticCredentials("the test", []),
      retry: { attempts: 4, baseMilliseconds: 5 },
      hosts: { [server.host]: { tls: false, idleTimeout: IDLE, ...host } },
      largeBodyBytes,
      tell,
    });
    try {
      await work({
        server,
        repository: client.repository({ registry: server.host, repository: "team/app" }),
        retried,
      });
    } finally {
      await client.close();
    }
  };
  const withBlob = (host: HostOptions, work: (setting: Setting) => Promise<void>) =>
    at(host, async (setting) => {
      await setting.repository.pushBlob(BLOB, bodyOf(BYTES));
      setting.server.requests.clear();
      await work(setting);
    });

  describe(`over ${way}`, { concurrency: true }, () => {
    test("F5: a download that stalls goes on by Range", () =>
      withBlob({}, async ({ server, repository, retried }) => {
        const stall = { kind: "stall", of: "response", afterBytes: 1_000_000 } as const;
        server.faults.add({ method: "GET", kind: "blob", when: { first: 1 }, effect: stall });
        const started = Date.now();
        const read = await collect(verified("source", BLOB, repository.blob(BLOB)), BLOB.size);
        assert.equal(digestOf(read), BLOB.digest);
        assert.ok(Date.now() - started < 10 * IDLE);
        assert.deepEqual(retried, ["TIMED_OUT"]);
        assert.match(server.requests.of("GET", "blob")[1]?.headers.range ?? "", /^bytes=[1-9]\d*-$/);
      }));

    test("F5: an upload that nobody reads any more is made again", () =>
      at({}, async ({ server, repository, retried }) => {
        const stall = { kind: "stall", of: "request", afterBytes: 1_000_000 } as const;
        server.faults.add({ method: "PUT", kind: "upload", when: { first: 1 }, effect: stall });
        const started = Date.now();
        const blob = descriptorOf(LARGE, "application/octet-stream");
        await repository.pushBlob(blob, bodyOf(LARGE));
        assert.ok(Date.now() - started < 12 * IDLE);
        assert.ok(retried.includes("TIMED_OUT"));
        assert.ok(await repository.exists(blob));
      }));

    test("F5: a question that is never answered is asked again", () =>
      at({}, async ({ server, repository, retried }) => {
        server.faults.add({ method: "HEAD", when: { first: 1 }, effect: { kind: "latency", milliseconds: 60_000 } });
        assert.equal(await repository.resolve("v1"), undefined);
        assert.deepEqual(retried, ["TIMED_OUT"]);
      }));

    test("F6: a blob that trickles is given up, twice and no more", () =>
      withBlob({}, async ({ server, repository, retried }) => {
        const slow = { kind: "slow", of: "response", bytesPerSecond: 10 } as const;
        server.faults.add({ method: "GET", kind: "blob", effect: slow });
        const started = Date.now();
        await assert.rejects(
          repository.blob(BLOB)(() => undefined),
          { code: "TOO_SLOW", retryable: true },
        );
        assert.ok(Date.now() - started < 6 * IDLE);
        assert.deepEqual(retried, ["TOO_SLOW"]);
      }));

    test("F6: a list that trickles is given up, twice and no more", () =>
      at({}, async ({ server, repository }) => {
        const slow = { kind: "slow", of: "response", bytesPerSecond: 10 } as const;
        server.faults.add({ method: "GET", kind: "tags", effect: slow });
        server.faults.add({
          method: "GET",
          kind: "tags",
          effect: { kind: "status", status: 200, body: JSON.stringify({ tags: ["a".repeat(100)] }) },
        });
        await assert.rejects(Array.fromAsync(repository.tags()), { code: "TOO_SLOW" });
        assert.equal(server.requests.count("GET", "tags"), 2);
      }));

    test("F5: a blob that stalls again and again is read on while a good deal comes in between, and no longer", () =>
      withBlob({}, async ({ server, repository, retried }) => {
        const stall = (afterBytes: number) =>
          server.faults.add({ method: "GET", kind: "blob", effect: { kind: "stall", of: "response", afterBytes } });
        const often = stall(1_500_000);
        const read = await collect(verified("source", BLOB, repository.blob(BLOB)), BLOB.size);
        assert.equal(digestOf(read), BLOB.digest);
        assert.deepEqual(retried, ["TIMED_OUT", "TIMED_OUT"]);
        often.remove();
        stall(10_000);
        await assert.rejects(
          repository.blob(BLOB)(() => undefined),
          { code: "TIMED_OUT" },
        );
        assert.equal(retried.length, 3);
      }));

    test("a sink that takes its time is not the registry's slowness", () =>
      withBlob({ minimumRate: 5_000_000, idleTimeout: IDLE }, async ({ repository, retried }) => {
        let chunks = 0;
        await repository.blob(BLOB)(async () => {
          chunks += 1;
          if (chunks <= 10) await sleep(100);
        });
        assert.deepEqual(retried, []);
      }));

    test("a source that takes its time is not the registry's slowness", () =>
      at({ minimumRate: 5_000_000 }, async ({ repository, retried }) => {
        const bytes = BYTES.subarray(0, 2_000_000);
        const slow: Body = async (sink) => {
          for (let at = 0; at < bytes.byteLength; at += 200_000) {
            await sleep(100);
            await sink(bytes.subarray(at, at + 200_000));
          }
        };
        await repository.pushBlob(descriptorOf(bytes, "a/b"), slow);
        assert.deepEqual(retried, []);
      }));

    test("F6: what crawls at the source is not read again by the upload", () =>
      at({}, async ({ repository }) => {
        let reads = 0;
        const crawling = failure(
          "TOO_SLOW",
          { host: "source", operation: "GET", rate: 1, least: 1000, seconds: 15 },
          { retryable: true, side: "source" },
        );
        await assert.rejects(
          repository.pushBlob(BLOB, async () => {
            reads += 1;
            throw crawling;
          }),
          { code: "TOO_SLOW" },
        );
        assert.equal(reads, 1);
      }));
  });
}
