import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptorOf } from "../../oci/descriptor.ts";
import type { Notes } from "../../target/notes.ts";
import { notesInMemory, opened, TRANSPORTS, withClient } from "../../testing/client.ts";
import { startRegistry, type TestRegistry } from "../../testing/index.ts";
import { staticCredentials } from "../credentials/static.ts";

const BYTES = Buffer.alloc(6_000_000, "notes ");
const BLOB = descriptorOf(BYTES, "a/b");
const CUT = 2_000_000;

/** A client that is gone in the middle of an upload, as a killed process is. */
async function killedAt(server: TestRegistry, notes: ReturnType<typeof notesInMemory>, largeBodyBytes: number) {
  const cut = { kind: "cut", of: "request", afterBytes: CUT } as const;
  const fault = server.faults.add({ method: "PUT", kind: "upload", effect: cut });
  const options = { largeBodyBytes, uploads: notes, retry: { attempts: 1, baseMilliseconds: 1 } };
  await withClient(server.host, options, async (repository) => {
    await assert.rejects(repository.pushBlob(BLOB, opened(BYTES).body), { code: "CONNECTION_LOST" });
  });
  fault.remove();
}

for (const { transport, largeBodyBytes } of TRANSPORTS) {
  test(`an upload goes on after its process has ended (${transport})`, async () => {
    await using server = await startRegistry();
    const notes = notesInMemory();
    await killedAt(server, notes, largeBodyBytes);
    assert.deepEqual([...notes.texts.keys()], [`${server.host}/team/app@${BLOB.digest}`]);
    await withClient(server.host, { largeBodyBytes, uploads: notes }, async (repository) => {
      const { body, offsets } = opened(BYTES);
      assert.equal(await repository.pushBlob(BLOB, body), "written");
      assert.deepEqual(offsets, [CUT]);
    });
    assert.ok(server.blobs("team/app").has(BLOB.digest));
    assert.equal(server.requests.bytesIn(), BLOB.size);
    assert.equal(server.requests.count("POST"), 1);
    assert.equal(notes.texts.size, 0);
  });
}

test("an upload that arrived just before its process ended is found", async () => {
  await using server = await startRegistry();
  const notes = notesInMemory();
  const texts = new Map<string, string>();
  const keeping = {
    ...notes,
    keep: async (key: string, text: string) => {
      texts.set(key, text);
    },
  };
  const push = (uploads: Notes) =>
    withClient(server.host, { uploads }, async (repository) => {
      await repository.pushBlob(BLOB, opened(BYTES).body);
    });
  await push(keeping);
  for (const [key, text] of texts) await notes.keep(key, text);
  server.requests.clear();
  await push(notes);
  assert.deepEqual(
    [...server.requests].map(({ method }) => method),
    ["HEAD"],
  );
});

for (const [what, text] of [
  ["of a session that is gone", "/v2/team/app/blobs/uploads/00000000-0000-4000-8000-000000000000?_state=x"],
  ["that is no address", "http://["],
  ["that is empty", ""],
] as const) {
  test(`a note ${what} costs nothing but a new upload`, async () => {
    await using server = await startRegistry();
    const notes = notesInMemory();
    await notes.keep(`${server.host}/team/app@${BLOB.digest}`, text);
    await withClient(server.host, { uploads: notes }, async (repository) => {
      const { body, offsets } = opened(BYTES);
      assert.equal(await repository.pushBlob(BLOB, body), "written");
      assert.deepEqual(offsets, [0]);
    });
    assert.ok(server.blobs("team/app").has(BLOB.digest));
  });
}

test("S6: a note that leads to another origin is followed without credentials", async () => {
  const auth = { kind: "basic", users: { u: "p" } } as const;
  await using server = await startRegistry({ auth });
  await using other = await startRegistry();
  const notes = notesInMemory();
  await notes.keep(`${server.host}/team/app@${BLOB.digest}`, `${other.origin}/v2/team/app/blobs/uploads/x`);
  const credentials = staticCredentials("the test", [
    { prefix: server.host, username: "u", password: "p", origin: "the test" },
  ]);
  await withClient(server.host, { uploads: notes, credentials }, async (repository) => {
    await repository.pushBlob(BLOB, opened(BYTES).body);
  });
  assert.deepEqual(
    [...other.requests].map(({ method, authorization }) => [method, authorization]),
    [["GET", "none"]],
  );
});

test("a small blob, and an upload that ends well, leave no note", async () => {
  await using server = await startRegistry();
  const notes = notesInMemory();
  const kept: string[] = [];
  const watched = {
    ...notes,
    keep: async (key: string) => {
      kept.push(key);
    },
  };
  await withClient(server.host, { uploads: watched }, async (repository) => {
    const small = BYTES.subarray(0, 1_000_000);
    await repository.pushBlob(descriptorOf(small, "a/b"), opened(small).body);
    assert.deepEqual(kept, []);
  });
  await withClient(server.host, { uploads: notes }, async (repository) => {
    await repository.pushBlob(BLOB, opened(BYTES).body);
    assert.equal(notes.texts.size, 0);
  });
});
