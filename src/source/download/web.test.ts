import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { inspect } from "node:util";
import { digestOf } from "../../oci/digest.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { DownloadEvent, DownloadOptions, HttpsOrigin } from "../origin.ts";
import { download } from "./download.ts";
import { type Fault, type FileServer, startFileServer } from "./test-support.ts";

const MiB = 1024 * 1024;
const PATIENCE = { attempts: 5, baseMilliseconds: 1 };

/** Bytes that are the same in each run and nowhere repeat. */
function content(size: number, seed = "one"): Buffer {
  return createHash("shake256", { outputLength: size }).update(seed).digest();
}

async function setting(context: TestContext, size = 3 * MiB) {
  const server = await startFileServer(content(size));
  context.after(() => server[Symbol.asyncDispose]());
  const folder = await temporaryFolder(context);
  const origin: HttpsOrigin = { kind: "https", url: `${server.origin}/files/app.zip` };
  const get = (options: DownloadOptions = {}, more: Partial<HttpsOrigin> = {}) =>
    download({ ...origin, ...more }, folder, { patience: PATIENCE, ...options });
  return { server, folder, file: join(folder, "app.zip"), get };
}

function sent(server: FileServer): number {
  return server.requests.reduce((sum, request) => sum + request.sent, 0);
}

function statuses(server: FileServer): readonly number[] {
  return server.requests.map(({ status }) => status);
}

describe("a download", () => {
  it("brings the file with its digest, and leaves no part", async (context) => {
    const { server, folder, file, get } = await setting(context);
    const events: DownloadEvent[] = [];
    const result = await get({ tell: (event) => events.push(event) });
    const size = server.content.byteLength;
    assert.deepEqual(result, { kind: "file", file, digest: digestOf(server.content), size, how: "downloaded" });
    assert.deepEqual(await readFile(file), server.content);
    assert.deepEqual((await readdir(folder)).sort(), ["app.zip", "app.zip.origin.json"]);
    assert.deepEqual(events.at(-1), { kind: "moved", moved: size, size });
  });

  it("takes an empty file", async (context) => {
    const { get } = await setting(context, 0);
    const result = await get();
    assert.deepEqual(result, { ...result, size: 0, digest: digestOf(""), how: "downloaded" });
  });

  for (const [name, change] of [
    ["an ETag", {}],
    ["a date alone", { etag: undefined }],
    ["a weak ETag and a date", { etag: 'W/"one"' }],
  ] as const) {
    it(`asks whether the file has changed and fetches nothing where it has not, by ${name}`, async (context) => {
      const { server, get } = await setting(context);
      Object.assign(server, change);
      await get();
      const again = await get();
      assert.equal(again.how, "present");
      assert.deepEqual(statuses(server), [200, 304]);
    });
  }

  it("notices that the file has changed", async (context) => {
    const { server, file, get } = await setting(context);
    await get();
    server.content = content(MiB, "two");
    server.etag = '"two"';
    const again = await get();
    assert.equal(again.how, "downloaded");
    assert.deepEqual(await readFile(file), server.content);
  });

  it("fetches anew what nobody can recognise", async (context) => {
    const { server, get } = await setting(context);
    for (const lastModified of [undefined, new Date(Date.now() + 60_000).toUTCString()]) {
      Object.assign(server, { etag: undefined, lastModified });
      await get();
      assert.equal((await get()).how, "downloaded");
    }
    assert.deepEqual(statuses(server), [200, 200, 200, 200]);
  });

  it("asks nobody where the file with the checksum is there", async (context) => {
    const { server, get } = await setting(context);
    for (const checksum of [digestOf(server.content), digestOf(server.content, "sha512")]) {
      await get({}, { checksum });
      assert.equal((await get({}, { checksum })).how, "present");
    }
    assert.equal(server.requests.length, 1);
  });

  it("fetches anew a file that was damaged on the disk", async (context) => {
    const { server, file, get } = await setting(context);
    await get();
    await writeFile(file, "damaged");
    assert.equal((await get()).how, "downloaded");
    assert.deepEqual(await readFile(file), server.content);
  });

  it("takes another file of the same name for another one, also where only the query differs", async (context) => {
    const { server, folder, get } = await setting(context);
    await get({}, { url: `${server.origin}/a/app.zip?id=1&Signature=secret-one` });
    assert.equal((await get({}, { url: `${server.origin}/a/app.zip?id=1&Signature=secret-two` })).how, "present");
    assert.equal((await get({}, { url: `${server.origin}/a/app.zip?id=2` })).how, "downloaded");
    assert.equal((await get({}, { url: `${server.origin}/b/app.zip?id=2` })).how, "downloaded");
    const note = await readFile(join(folder, "app.zip.origin.json"), "utf8");
    assert.equal(note.includes("id=2") || note.includes("secret"), false);
  });
});

describe("a download that is cut", () => {
  it("goes on with the rest of the same version", async (context) => {
    const { server, file, get } = await setting(context);
    server.faults.push({ kind: "cut", after: 2 * MiB });
    const result = await get();
    assert.equal(result.how, "downloaded");
    assert.deepEqual(await readFile(file), server.content);
    assert.deepEqual(statuses(server), [200, 206]);
    assert.equal(server.requests[1]?.headers["if-range"], '"one"');
    assert.ok(sent(server) <= server.content.byteLength + MiB);
  });

  it("arrives however often it is cut, as long as it gets on", async (context) => {
    const { server, file, get } = await setting(context, 5 * MiB);
    server.faults.push(...Array.from({ length: 12 }, (): Fault => ({ kind: "cut", after: 400_000 })));
    await get();
    assert.deepEqual(await readFile(file), server.content);
    assert.equal(server.requests.length, 13);
  });

  it("ends after five tries that brought nothing, and the next run goes on", async (context) => {
    const { server, get } = await setting(context);
    server.faults.push(
      { kind: "cut", after: MiB },
      ...Array.from({ length: 5 }, (): Fault => ({ kind: "cut", after: 0 })),
    );
    await assert.rejects(get(), (error: SlipwayError) => error.code === "DOWNLOAD_FAILED" && error.retryable);
    assert.equal(server.requests.length, 5);
    server.faults.length = 0;
    assert.equal((await get()).how, "resumed");
    assert.ok(sent(server) <= server.content.byteLength + MiB);
  });

  it("counts what it had before as no progress: a file that always starts again and is always cut ends", async (context) => {
    const { server, get } = await setting(context);
    Object.assign(server, { etag: undefined, lastModified: undefined });
    server.faults.push(...Array.from({ length: 20 }, (): Fault => ({ kind: "cut", after: MiB })));
    await assert.rejects(get(), { code: "DOWNLOAD_FAILED" });
    assert.equal(server.requests.length, 5);
    assert.equal(
      server.requests.some(({ headers }) => headers.range !== undefined),
      false,
    );
  });

  for (const [name, fault] of [
    ["all of the file", { kind: "no-range" }],
    ["a part from elsewhere", { kind: "range", header: `bytes 0-${2 * MiB - 1}/${3 * MiB}` }],
    ["a part of another size", { kind: "range", header: `bytes ${MiB}-${3 * MiB - 1}/${3 * MiB + 1}` }],
    ["a part that does not say where it belongs", { kind: "range", header: "bytes" }],
    ["that there is no such part", { kind: "answer", status: 416 }],
    ["that the condition does not hold", { kind: "answer", status: 412 }],
  ] as const) {
    it(`starts again where the answer to a range is ${name}`, async (context) => {
      const { server, file, get } = await setting(context);
      server.faults.push({ kind: "cut", after: MiB }, fault);
      assert.equal((await get()).how, "downloaded");
      assert.deepEqual(await readFile(file), server.content);
      assert.equal(statuses(server).at(-1), 200);
    });
  }

  it("starts again where the file has changed in between", async (context) => {
    const { server, file, get } = await setting(context);
    server.faults.push({ kind: "cut", after: MiB });
    const changed = get({
      tell: ({ kind }) => {
        if (kind === "waiting") Object.assign(server, { content: content(3 * MiB, "two"), etag: '"two"' });
      },
    });
    assert.equal((await changed).how, "downloaded");
    assert.deepEqual(await readFile(file), content(3 * MiB, "two"));
    assert.deepEqual(statuses(server), [200, 200]);
  });

  it("gives up a connection over which nothing comes, and goes on over another", async (context) => {
    const { server, file, get } = await setting(context);
    server.faults.push({ kind: "stall", after: 2 * MiB }, { kind: "stall", after: 0 });
    const reasons: string[] = [];
    const tell = (event: DownloadEvent) => event.kind === "waiting" && reasons.push(event.reason);
    await get({ idleMilliseconds: 500, tell });
    assert.deepEqual(await readFile(file), server.content);
    assert.equal(reasons.filter((reason) => reason.endsWith("gave next to nothing for 0.5 s")).length, 2);
  });

  it("ends where it stalls again and again", async (context) => {
    const { server, get } = await setting(context);
    server.faults.push(...Array.from({ length: 9 }, (): Fault => ({ kind: "stall", after: 40_000 })));
    await assert.rejects(get({ idleMilliseconds: 200 }), { code: "DOWNLOAD_STALLED" });
    assert.equal(server.requests.length, 5);
  });

  it("waits as long as it is asked to", async (context) => {
    const { server, get } = await setting(context);
    server.faults.push(
      { kind: "answer", status: 503 },
      { kind: "answer", status: 429, headers: { "retry-after": "0" } },
    );
    const waits: number[] = [];
    await get({ tell: (event) => event.kind === "waiting" && waits.push(event.milliseconds) });
    assert.deepEqual(statuses(server), [503, 429, 200]);
    assert.equal(waits[1], 0);
  });

  it("is tried five times where the server is overloaded, and once where it refuses", async (context) => {
    for (const [status, code, tries] of [
      [503, "DOWNLOAD_FAILED", 5],
      [408, "DOWNLOAD_FAILED", 5],
      [400, "DOWNLOAD_FAILED", 1],
      [401, "DOWNLOAD_DENIED", 1],
      [403, "DOWNLOAD_DENIED", 1],
      [404, "DOWNLOAD_MISSING", 1],
    ] as const) {
      const { server, get } = await setting(context);
      server.faults.push(...Array.from({ length: 9 }, (): Fault => ({ kind: "answer", status })));
      await assert.rejects(get(), { code });
      assert.equal(server.requests.length, tries, String(status));
    }
  });
});

describe("a download that is stopped", () => {
  it("by its signal goes on with what had come", async (context) => {
    const { server, file, get } = await setting(context);
    const controller = new AbortController();
    const stopped = get({
      signal: controller.signal,
      tell: (event) => event.kind === "moved" && event.moved > MiB && controller.abort(new Error("stop")),
    });
    await assert.rejects(stopped, /^Error: stop$/);
    const before = server.requests.length;
    const result = await get();
    assert.equal(result.how, "resumed");
    assert.deepEqual(await readFile(file), server.content);
    const start = Number(/\d+/.exec(server.requests[before]?.headers.range ?? "")?.[0]);
    assert.ok(start > MiB - MiB / 2, `it went on at ${start}`);
  });

  it("by SIGKILL goes on with what had come", async (context) => {
    const { server, folder, file, get } = await setting(context);
    server.faults.push({ kind: "stall", after: 2 * MiB });
    const module = new URL("./download.ts", import.meta.url).href;
    const script = `
      const { download } = await import(${JSON.stringify(module)});
      const tell = (event) => event.moved === ${2 * MiB} && setTimeout(() => console.log("there"), 100);
      await download({ kind: "https", url: ${JSON.stringify(`${server.origin}/files/app.zip`)} }, ${JSON.stringify(folder)}, { tell });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    await ended;
    assert.deepEqual((await readdir(folder)).sort(), ["app.zip.origin.json", "app.zip.part"]);
    assert.equal((await get()).how, "resumed");
    assert.deepEqual(await readFile(file), server.content);
    assert.ok(sent(server) <= server.content.byteLength + MiB);
  });

  it("between the check and the end is finished without fetching anything", async (context) => {
    const { server, folder, file, get } = await setting(context);
    await get();
    await writeFile(`${file}.part`, server.content);
    await rm(file);
    assert.equal((await get()).how, "resumed");
    assert.deepEqual(statuses(server), [200, 304]);
    assert.deepEqual((await readdir(folder)).sort(), ["app.zip", "app.zip.origin.json"]);
  });

  it("leaves nothing that is believed without its note", async (context) => {
    const { server, file, get } = await setting(context);
    await writeFile(`${file}.part`, "bytes of something else");
    for (const note of [
      "{",
      "{}",
      JSON.stringify({ identity: "https://example.com/app.zip", version: { etag: '"one"' } }),
    ]) {
      await writeFile(`${file}.origin.json`, note);
      await rm(file, { force: true });
      assert.equal((await get()).how, "downloaded");
    }
    assert.deepEqual(statuses(server), [200, 200, 200]);
  });
});

describe("a download that is not what it should be", () => {
  it("is fetched once more", async (context) => {
    const { server, file, get } = await setting(context);
    server.faults.push({ kind: "flip", at: MiB });
    await get({}, { checksum: digestOf(server.content) });
    assert.deepEqual(await readFile(file), server.content);
    assert.deepEqual(statuses(server), [200, 200]);
  });

  it("is not used where it is the same again, and no file is left", async (context) => {
    const { server, folder, get } = await setting(context);
    const wrong = get({}, { checksum: digestOf("another one") });
    await assert.rejects(wrong, { code: "PACKAGE_MISMATCH" });
    assert.equal(server.requests.length, 2);
    assert.deepEqual(await readdir(folder), ["app.zip.origin.json"]);
  });
});

describe("an address", () => {
  it("is followed where it leads elsewhere on this machine", async (context) => {
    const { server, file, get } = await setting(context);
    await using elsewhere = await startFileServer(server.content);
    server.faults.push(
      { kind: "answer", status: 302, headers: { location: "/other" } },
      { kind: "answer", status: 307, headers: { location: `${elsewhere.origin}/third` } },
    );
    await get({}, { url: `http://user:p%40ss@127.0.0.1:${server.port}/files/app.zip` });
    assert.deepEqual(await readFile(file), server.content);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ["/files/app.zip", "/other"],
    );
    const basic = `Basic ${Buffer.from("user:p@ss").toString("base64")}`;
    assert.deepEqual(
      server.requests.map(({ headers }) => headers.authorization),
      [basic, basic],
    );
    assert.deepEqual(
      elsewhere.requests.map(({ headers }) => headers.authorization),
      [undefined],
    );
  });

  it("is not followed to plain HTTP elsewhere, nor for ever", async (context) => {
    const { server, get } = await setting(context);
    server.faults.push({ kind: "answer", status: 302, headers: { location: "http://192.0.2.1/app.zip?secret" } });
    await assert.rejects(get(), (error: SlipwayError) => {
      assert.deepEqual(error.facts.location, "http://192.0.2.1/app.zip");
      return error.code === "DOWNLOAD_REDIRECT_REFUSED";
    });
    assert.equal(server.requests.length, 1);
    server.faults.push(
      ...Array.from({ length: 20 }, (): Fault => ({ kind: "answer", status: 301, headers: { location: "/again" } })),
    );
    await assert.rejects(get(), { code: "DOWNLOAD_REDIRECT_REFUSED" });
    assert.equal(server.requests.length, 12);
  });

  it("keeps its secrets out of errors", async (context) => {
    const { server, folder } = await setting(context);
    const tell = () => undefined;
    for (const url of [
      `http://canary:canary@127.0.0.1:${server.port}/app.zip?token=canary#canary`,
      "http://canary:canary@127.0.0.1:1/app.zip?token=canary",
      "https://canary:canary@localhost:1/app.zip?token=canary",
      "http://canary@example.com/app.zip?token=canary",
      "ftp://canary@example.com/app.zip?canary",
      "canary",
    ]) {
      server.faults.push({ kind: "answer", status: 500 });
      const failed = download({ kind: "https", url }, folder, { tell, patience: { attempts: 1, baseMilliseconds: 1 } });
      const error: unknown = await failed.then(
        () => undefined,
        (thrown) => thrown,
      );
      assert.ok(error instanceof Error, url);
      assert.equal(inspect(error, { depth: 9, showHidden: true }).includes("canary"), false, inspect(error));
    }
  });

  it("of plain HTTP is taken elsewhere with a checksum only", async (context) => {
    const { folder } = await setting(context);
    const url = "http://192.0.2.1:1/app.zip";
    await assert.rejects(download({ kind: "https", url }, folder), { code: "DOWNLOAD_INSECURE" });
    const controller = new AbortController();
    controller.abort(new Error("stop"));
    const checksum = digestOf("");
    const tried = download({ kind: "https", url, checksum }, folder, { signal: controller.signal });
    await assert.rejects(tried, /^Error: stop$/);
  });
});
