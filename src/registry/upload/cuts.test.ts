import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptorOf } from "../../oci/descriptor.ts";
import { at, BLOB, BYTES, opened, TRANSPORTS } from "../../testing/client.ts";
import type { RecordedRequest } from "../../testing/index.ts";

const MiB = 1024 * 1024;

const cutAt = (afterBytes: number) => ({ kind: "cut", of: "request", afterBytes }) as const;

const isLongerThan =
  (bytes: number) =>
  ({ headers }: RecordedRequest): boolean =>
    Number(headers["content-length"]) > bytes;

for (const { transport, largeBodyBytes } of TRANSPORTS) {
  const client = { largeBodyBytes };

  test(`F13: an upload that is cut goes on where the registry has got to (${transport})`, () =>
    at({ client }, async ({ server, repository }) => {
      server.faults.add({ method: "PUT", kind: "upload", when: { first: 1 }, effect: cutAt(1_500_000) });
      const { body, offsets } = opened(BYTES);
      assert.equal(await repository.pushBlob(BLOB, body), "written");
      assert.ok(await repository.exists(BLOB));
      assert.deepEqual(offsets, [0, 1_500_000]);
      assert.equal(server.requests.bytesIn(), BLOB.size);
      assert.equal(server.requests.count("POST"), 1);
    }));

  test(`F13: tries that get somewhere do not count (${transport})`, () =>
    at({ client }, async ({ server, repository }) => {
      server.faults.add({ kind: "upload", effect: cutAt(300_000) });
      await repository.pushBlob(BLOB, opened(BYTES).body);
      assert.ok(await repository.exists(BLOB));
      assert.ok(server.requests.count("PATCH") >= 8);
      assert.equal(server.requests.bytesIn(), BLOB.size);
    }));

  test(`F13: of a chunk that is cut no more than that chunk is sent again (${transport})`, () =>
    at({ client, host: { chunkSize: 700_000 } }, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [3] }, effect: cutAt(350_000) });
      const { body, offsets } = opened(BYTES);
      await repository.pushBlob(BLOB, body);
      assert.ok(await repository.exists(BLOB));
      assert.deepEqual(offsets, [0, 1_750_000]);
      assert.ok(server.requests.bytesIn() <= BLOB.size + 700_000);
    }));

  test(`F13: a registry that forgets what was cut is sent pieces that get through, from then on (${transport})`, () =>
    at({ client, cutUploads: "forget" }, async ({ server, repository }) => {
      const most = 2_500_000;
      const fault = server.faults.add({ kind: "upload", where: isLongerThan(most), effect: cutAt(most) });
      const bytes = Buffer.alloc(9_000_000, "long ");
      const blob = descriptorOf(bytes, "a/b");
      await repository.pushBlob(blob, opened(bytes).body);
      assert.ok(await repository.exists(blob));
      // what the kernel holds makes the first distance look longer than it was
      assert.ok(fault.hits === 1 || fault.hits === 2, `${fault.hits} cuts`);
      assert.equal(server.requests.bytesIn(), blob.size + fault.hits * most);

      server.requests.clear();
      const next = Buffer.alloc(5 * MiB, "next ");
      await repository.pushBlob(descriptorOf(next, "a/b"), opened(next).body);
      assert.equal(server.requests.bytesIn(), next.byteLength);
      const pieces = server.requests.of("PATCH");
      const [first] = pieces;
      assert.ok(first?.bytesIn === MiB || first?.bytesIn === 2 * MiB, `pieces of ${first?.bytesIn}`);
      assert.equal(new Set(pieces.map(({ connection }) => connection)).size, pieces.length);
    }));

  test(`F13: a registry that forgets everything is tried no more often than the policy says (${transport})`, () =>
    at({ client, cutUploads: "forget" }, async ({ server, repository }) => {
      server.faults.add({ kind: "upload", where: ({ method }) => method !== "GET", effect: cutAt(500_000) });
      await assert.rejects(repository.pushBlob(BLOB, opened(BYTES).body), { code: "CONNECTION_LOST" });
      assert.equal(server.requests.count("POST"), 4);
    }));

  test(`F13: a registry that is out of order when it is asked how far it got is asked again (${transport})`, () =>
    at({ client }, async ({ server, repository }) => {
      server.faults.add({ method: "PUT", kind: "upload", when: { first: 1 }, effect: cutAt(1_500_000) });
      const asked = server.faults.add({
        method: "GET",
        kind: "upload",
        when: { first: 5 },
        effect: { kind: "status", status: 503 },
      });
      await repository.pushBlob(BLOB, opened(BYTES).body);
      assert.ok(await repository.exists(BLOB));
      assert.equal(asked.hits, 5);
      assert.equal(server.requests.bytesIn(), BLOB.size);
    }));

  test(`F13: a chunk that arrived is not sent again where only its answer was lost (${transport})`, () =>
    at({ client, host: { chunkSize: 700_000 } }, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [2] }, effect: { kind: "lose-answer" } });
      await repository.pushBlob(BLOB, opened(BYTES).body);
      assert.ok(await repository.exists(BLOB));
      assert.equal(server.requests.bytesIn(), BLOB.size);
    }));
}
