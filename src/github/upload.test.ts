import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { atGitHub, clientOptions } from "../testing/github/client.ts";
import { type Folder, startGitHub, temporaryFolder } from "../testing/index.ts";
import { openGitHub } from "./github.ts";

let folder: Folder;

before(async () => {
  folder = await temporaryFolder("upload");
  await writeFile(join(folder.path, "a.txt"), "hello");
});
after(() => folder.remove());

const file = (name: string) => join(folder.path, name);
const MEBIBYTE = 1024 * 1024;
const NEW = { tag: "v1", target: "main", name: "", body: "", prerelease: false };

test("names, labels and types", async () => {
  for (const [upload, expected, query] of [
    [{ name: "a.txt" }, ["a.txt", "", "text/plain"], "?name=a.txt"],
    [{ name: "my app.zip" }, ["my.app.zip", "my app.zip", "application/zip"], "?name=my.app.zip&label=my+app.zip"],
    [{ name: "中文.zip", label: "x" }, ["default.zip", "x", "application/zip"], "?name=default.zip&label=x"],
    [{ name: "a+b.tar.gz" }, ["a+b.tar.gz", "", "application/gzip"], "?name=a%2Bb.tar.gz"],
    [{ name: "run", contentType: "text/x-sh" }, ["run", "", "text/x-sh"], "?name=run"],
    [{ name: "run" }, ["run", "", "application/octet-stream"], "?name=run"],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      const draft = await github.createDraft(NEW);
      const asset = await github.uploadAsset(draft, { file: file("a.txt"), ...upload });
      assert.deepEqual([asset.name, asset.label, asset.contentType], expected);
      assert.deepEqual([asset.state, asset.size, server.bytesOf(asset.id)?.toString()], ["uploaded", 5, "hello"]);
      assert.ok(server.requests.of("repos/upload-release-asset")[0]?.path.endsWith(query));
      assert.deepEqual(server.violations, []);
    });
  }
});

test("F36: an upload that fails is not repeated; what it leaves is seen", async () => {
  for (const [fault, code, left] of [
    [{ kind: "starter" }, "GITHUB_UNAVAILABLE", ["starter"]],
    [{ kind: "cut-before" }, "GITHUB_UNREACHABLE", []],
    [{ kind: "cut-after" }, "GITHUB_UNREACHABLE", ["uploaded"]],
    [{ kind: "status", status: 503 }, "GITHUB_UNAVAILABLE", []],
    [{ kind: "secondary-limit", retryAfterSeconds: 0 }, "GITHUB_RATE_LIMITED", []],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      const draft = await github.createDraft(NEW);
      server.faults.add({ operation: "repos/upload-release-asset", fault });
      const upload = github.uploadAsset(draft, { file: file("a.txt"), name: "a.txt" });
      await assert.rejects(upload, { code, retryable: true }, fault.kind);
      assert.equal(server.requests.count("repos/upload-release-asset"), 1);
      assert.deepEqual(
        (await github.assets(draft.id)).map(({ state }) => state),
        left,
        fault.kind,
      );
    });
  }
});

test("what GitHub does not take", () =>
  atGitHub(async ({ server, github }) => {
    const draft = await github.createDraft(NEW);
    await github.uploadAsset(draft, { file: file("a.txt"), name: "a.txt" });
    const again = github.uploadAsset(draft, { file: file("a.txt"), name: "a.txt" });
    await assert.rejects(again, {
      code: "GITHUB_EXISTS",
      facts: {
        field: "name",
        host: new URL(server.uploadsUrl).host,
        operation: `POST /repos/acme/app/releases/${draft.id}/assets`,
      },
    });
    await writeFile(file("empty"), "");
    const empty = github.uploadAsset(draft, { file: file("empty"), name: "empty" });
    await assert.rejects(empty, { code: "GITHUB_REFUSED", message: /size must be greater than or equal to 1/ });
    await assert.rejects(github.uploadAsset(draft, { file: file("none"), name: "none" }), {
      code: "STORAGE_FAILED",
      facts: { path: file("none"), reason: "ENOENT" },
    });
    server.set({ immutableReleases: true });
    await github.publish(draft, { prerelease: false, makeLatest: "true" });
    const late = github.uploadAsset(draft, { file: file("a.txt"), name: "late.txt" });
    await assert.rejects(late, { code: "GITHUB_IMMUTABLE" });
  }));

test("wrong bytes are told by the digest", () =>
  atGitHub(async ({ server, github }) => {
    const draft = await github.createDraft(NEW);
    const good = await github.uploadAsset(draft, { file: file("a.txt"), name: "a.txt" });
    server.faults.add({ operation: "repos/upload-release-asset", fault: { kind: "wrong-bytes" } });
    const bad = await github.uploadAsset(draft, { file: file("a.txt"), name: "b.txt" });
    assert.equal(bad.size, good.size);
    assert.notEqual(bad.digest, good.digest);
  }));

/** A server that does with uploads what `handle` says. */
async function startSink(handle: RequestListener) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    uploadUrl: `http://127.0.0.1:${address.port}/assets{?name,label}`,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const refuse = (response: ServerResponse) =>
  response.writeHead(422, { "content-type": "application/json" }).end('{"message":"taken"}');

/** A file of so many zeros. */
async function zeros(name: string, mebibytes: number): Promise<string> {
  await writeFile(file(name), "");
  await truncate(file(name), mebibytes * MEBIBYTE);
  return file(name);
}

test("an upload that does not move is given up", async () => {
  await using server = await startGitHub();
  using sink = await startSink((request) => request.pause());
  await using client = openGitHub({ ...clientOptions(server), silence: { uploadMilliseconds: 200 } });
  await assert.rejects(client.uploadAsset(sink, { file: await zeros("big", 64), name: "big" }), {
    code: "GITHUB_UNREACHABLE",
    message: /no byte moved for 0\.2 s/,
    retryable: true,
  });
});

test("an upload that moves may take longer than silence may", async () => {
  await using server = await startGitHub();
  using sink = await startSink((request, response) => {
    request.on("data", () => {
      request.pause();
      setTimeout(() => request.resume(), 4);
    });
    request.on("end", () => refuse(response));
  });
  await using client = openGitHub({ ...clientOptions(server), silence: { uploadMilliseconds: 1000 } });
  const path = await zeros("long", 24);
  const started = performance.now();
  const upload = client.uploadAsset(sink, { file: path, name: "long" });
  await assert.rejects(upload, { code: "GITHUB_REFUSED", message: /taken$/ });
  assert.ok(performance.now() - started > 1000, "it was too quick to tell anything");
});

test("a refusal that comes before the file was taken is heard", async () => {
  await using server = await startGitHub();
  using sink = await startSink((request, response) => {
    request.once("data", () => refuse(response));
  });
  await using client = openGitHub(clientOptions(server));
  await assert.rejects(client.uploadAsset(sink, { file: await zeros("early", 16), name: "x" }), {
    code: "GITHUB_REFUSED",
  });
});

test("a file that shrinks meanwhile is an error, and no asset", async () => {
  await using server = await startGitHub();
  const path = await zeros("shrinking", 64);
  using sink = await startSink(async (request) => {
    await truncate(path, 1024);
    request.resume();
  });
  await using client = openGitHub(clientOptions(server));
  await assert.rejects(client.uploadAsset(sink, { file: path, name: "x" }), {
    code: "STORAGE_FAILED",
    message: /it ends at byte \d+$/,
  });
});

test("memory does not grow with the file", async () => {
  const size = 256;
  await using server = await startGitHub();
  let taken = 0;
  let most = 0;
  using sink = await startSink((request, response) => {
    request.on("data", (chunk) => {
      const isSample = taken % MEBIBYTE < chunk.byteLength;
      taken += chunk.byteLength;
      if (isSample) most = Math.max(most, process.memoryUsage().arrayBuffers);
    });
    request.on("end", () => refuse(response));
  });
  await using client = openGitHub(clientOptions(server));
  const path = await zeros("large", size);
  const before = process.memoryUsage().arrayBuffers;
  await assert.rejects(client.uploadAsset(sink, { file: path, name: "x" }), { code: "GITHUB_REFUSED" });
  assert.equal(taken, size * MEBIBYTE);
  assert.ok(most - before < 128 * MEBIBYTE, `${(most - before) / MEBIBYTE} MiB`);
});
