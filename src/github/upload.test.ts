import assert from "node:assert/strict";
import { open, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
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

/** A server that takes nothing of a body until it is told to. */
async function startStuck(): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer((request) => request.pause());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

test("an upload that does not move is given up", async () => {
  await using github = await startGitHub();
  const stuck = await startStuck();
  const big = await open(file("big"), "w");
  await big.truncate(64 * 1024 * 1024);
  await big.close();
  await using client = openGitHub({ ...clientOptions(github), silence: { uploadMilliseconds: 200 } });
  await assert.rejects(
    client.uploadAsset({ uploadUrl: `${stuck.origin}/assets` }, { file: file("big"), name: "big" }),
    {
      code: "GITHUB_UNREACHABLE",
      message: /no byte moved for 0\.2 s/,
      retryable: true,
    },
  );
  stuck.server.closeAllConnections();
  stuck.server.close();
});

test("a file that shrinks meanwhile is an error, and no asset", async () => {
  await using server = await startGitHub();
  const stuck = await startStuck();
  const path = file("shrinking");
  const shrinking = await open(path, "w");
  await shrinking.truncate(64 * 1024 * 1024);
  await shrinking.close();
  stuck.server.on("request", async (request) => {
    await truncate(path, 1024);
    request.resume();
  });
  await using client = openGitHub(clientOptions(server));
  await assert.rejects(client.uploadAsset({ uploadUrl: `${stuck.origin}/assets` }, { file: path, name: "x" }), {
    code: "STORAGE_FAILED",
    message: /it ends at byte \d+$/,
  });
  stuck.server.closeAllConnections();
  stuck.server.close();
});

test("memory does not grow with the file", async () => {
  const path = file("large");
  const large = await open(path, "w");
  const size = 256 * 1024 * 1024;
  await large.truncate(size);
  await large.close();
  await using server = await startGitHub();
  let taken = 0;
  let most = 0;
  const sink = createServer((request, response) => {
    request.on("data", (chunk) => {
      taken += chunk.byteLength;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    });
    request.on("end", () => response.writeHead(422, { "content-type": "application/json" }).end('{"message":"no"}'));
  });
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
  const address = sink.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await using client = openGitHub(clientOptions(server));
  const before = process.memoryUsage().arrayBuffers;
  const uploadUrl = `http://127.0.0.1:${port}/assets`;
  await assert.rejects(client.uploadAsset({ uploadUrl }, { file: path, name: "x" }), { code: "GITHUB_REFUSED" });
  assert.equal(taken, size);
  assert.ok(most - before < 128 * 1024 * 1024, `${(most - before) / 1024 / 1024} MiB`);
  sink.closeAllConnections();
  sink.close();
});
