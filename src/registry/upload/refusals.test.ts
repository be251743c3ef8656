import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptorOf } from "../../oci/descriptor.ts";
import { bodyOf } from "../../target/bytes.ts";
import { at, BLOB, BYTES, opened, TRANSPORTS } from "../../testing/client.ts";
import { ruleOf } from "../hosts/index.ts";

const MiB = 1024 * 1024;
const CHUNK = 700_000;
const status = (code: number) => ({ kind: "status", status: code }) as const;

for (const { transport, largeBodyBytes } of TRANSPORTS) {
  const chunked = { client: { largeBodyBytes }, host: { chunkSize: CHUNK } };

  for (const code of [500, 502, 503]) {
    test(`F14: a PATCH that is answered ${code} is sent again, and nothing before it (${transport})`, () =>
      at(chunked, async ({ server, repository }) => {
        server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [3] }, effect: status(code) });
        const { body, offsets } = opened(BYTES);
        await repository.pushBlob(BLOB, body);
        assert.ok(await repository.exists(BLOB));
        assert.deepEqual(offsets, [0, 2 * CHUNK]);
        assert.equal(server.requests.count("POST"), 1);
        assert.equal(server.requests.bytesIn(), BLOB.size);
      }));
  }

  test(`F14: a PATCH that is always answered 500 is given up (${transport})`, () =>
    at(chunked, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", effect: status(500) });
      await assert.rejects(repository.pushBlob(BLOB, opened(BYTES).body), { code: "REGISTRY_ANSWER" });
      assert.equal(server.requests.count("PATCH"), 4);
    }));

  test(`F15: a session that is gone is begun again (${transport})`, () =>
    at(chunked, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [3] }, effect: status(404) });
      server.faults.add({ method: "GET", kind: "upload", effect: status(404) });
      const { body, offsets } = opened(BYTES);
      await repository.pushBlob(BLOB, body);
      assert.ok(await repository.exists(BLOB));
      assert.deepEqual(offsets, [0, 0]);
      assert.equal(server.requests.count("POST"), 2);
      // it was no cut: the chunks are as large as before
      assert.equal(server.requests.count("PATCH"), 3 + 5);
    }));

  test(`F15: after a 404 the session is asked, and gone on with where it is there (${transport})`, () =>
    at(chunked, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [3] }, effect: status(404) });
      await repository.pushBlob(BLOB, opened(BYTES).body);
      assert.ok(await repository.exists(BLOB));
      assert.equal(server.requests.bytesIn(), BLOB.size);
    }));

  test(`F15: after a 416 at an offset that the registry itself names, the upload begins again (${transport})`, () =>
    at(chunked, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [3] }, effect: status(416) });
      const { body, offsets } = opened(BYTES);
      await repository.pushBlob(BLOB, body);
      assert.ok(await repository.exists(BLOB));
      assert.deepEqual(offsets, [0, 0]);
    }));

  for (const [what, range, restarts] of [
    ["lags behind what it confirmed", "0-0", false],
    ["is beyond what it was sent", "0-2900000", true],
    ["is no Range", "everything", false],
  ] as const) {
    test(`F15: a Range that ${what} is not believed (${transport})`, () =>
      at(chunked, async ({ server, repository }) => {
        server.faults.add({ method: "PATCH", kind: "upload", when: { nth: [3] }, effect: status(500) });
        server.faults.add({ method: "GET", kind: "upload", effect: { kind: "headers", headers: { range } } });
        const { body, offsets } = opened(BYTES);
        await repository.pushBlob(BLOB, body);
        assert.ok(await repository.exists(BLOB));
        assert.deepEqual(offsets, [0, restarts ? 0 : 2 * CHUNK]);
      }));
  }

  test(`F15: an upload that was gone on with and is refused in the end is begun again, once (${transport})`, () =>
    at({ client: { largeBodyBytes } }, async ({ server, repository }) => {
      const cut = { kind: "cut", of: "request", afterBytes: 1_000_000 } as const;
      server.faults.add({ method: "PUT", kind: "upload", when: { nth: [1] }, effect: cut });
      server.faults.add({ method: "PUT", kind: "upload", when: { nth: [2] }, effect: status(400) });
      const { body, offsets } = opened(BYTES);
      await repository.pushBlob(BLOB, body);
      assert.ok(await repository.exists(BLOB));
      assert.deepEqual(offsets, [0, 1_000_000, 0]);
    }));
}

test("a host that wants chunks gets them, in order, and the body is read once", () =>
  at({ host: { chunkSize: CHUNK } }, async ({ server, repository }) => {
    const { body, offsets } = opened(BYTES);
    await repository.pushBlob(BLOB, body);
    assert.ok(await repository.exists(BLOB));
    assert.deepEqual(
      server.requests.of("PATCH", "upload").map(({ bytesIn }) => bytesIn),
      [CHUNK, CHUNK, CHUNK, CHUNK, BLOB.size - 4 * CHUNK],
    );
    assert.deepEqual(offsets, [0]);
  }));

test("413 leads to smaller pieces, and is remembered for the host", () =>
  at({}, async ({ server, repository }) => {
    const bytes = Buffer.alloc(20 * MiB, 7);
    const where = (request: { headers: { "content-length"?: string } }) =>
      Number(request.headers["content-length"] ?? 0) > 16 * MiB;
    server.faults.add({ method: "PUT", kind: "upload", where, effect: status(413) });
    const big = descriptorOf(bytes, "text/plain");
    await repository.pushBlob(big, bodyOf(bytes));
    assert.ok(await repository.exists(big));
    server.requests.clear();
    const next = Buffer.concat([bytes, Buffer.from("x")]);
    await repository.pushBlob(descriptorOf(next, "text/plain"), bodyOf(next));
    assert.deepEqual(
      server.requests.of("PUT").map((request) => request.bytesIn),
      [0],
    );
    assert.equal(server.requests.count("PATCH"), 2);
  }));

for (const code of [405, 416]) {
  test(`a first piece that is answered ${code} leads to one PUT, and is remembered for the host`, () =>
    at({ host: { chunkSize: CHUNK } }, async ({ server, repository }) => {
      server.faults.add({ method: "PATCH", kind: "upload", effect: status(code) });
      await repository.pushBlob(BLOB, opened(BYTES).body);
      assert.ok(await repository.exists(BLOB));
      server.requests.clear();
      const next = Buffer.concat([BYTES, Buffer.from("x")]);
      await repository.pushBlob(descriptorOf(next, "a/b"), opened(next).body);
      assert.deepEqual(
        [...server.requests].map(({ method }) => method),
        ["POST", "PUT"],
      );
    }));
}

test("hosts that take no pieces are known", () => {
  for (const host of ["ghcr.io", "gcr.io", "eu.gcr.io", "europe-west1-docker.pkg.dev"])
    assert.deepEqual(ruleOf(host)?.upload, { way: "only-whole" }, host);
  for (const host of ["ghcr.io.evil.com", "notgcr.io", "docker.pkg.dev.evil.com", "quay.io"])
    assert.equal(ruleOf(host)?.upload, undefined, host);
});

test("where no pieces are taken, what is cut is sent again in one PUT", () =>
  at(
    { client: { rules: [{ matches: () => true, upload: { way: "only-whole" } }] } },
    async ({ server, repository }) => {
      const cut = { kind: "cut", of: "request", afterBytes: 1_000_000 } as const;
      server.faults.add({ method: "PUT", kind: "upload", when: { first: 1 }, effect: cut });
      await repository.pushBlob(BLOB, opened(BYTES).body);
      assert.ok(await repository.exists(BLOB));
      const asked = [...server.requests].map(({ method }) => method).filter((method) => method !== "HEAD");
      assert.deepEqual(asked, ["POST", "PUT", "POST", "PUT"]);
    },
  ));
