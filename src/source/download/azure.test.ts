import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { inspect } from "node:util";
import { digestOf } from "../../oci/digest.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { type Azurite, startAzurite, startLink } from "../../testing/index.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { AzureBlobOrigin, DownloadEvent, DownloadOptions } from "../origin.ts";
import { download } from "./download.ts";
import { startValve } from "./test-support.ts";

const MiB = 1024 * 1024;
const NAME = "1.2.3/app linux-x64.zip";

let azurite: Azurite;
before(async () => {
  azurite = await startAzurite();
});
after(() => azurite[Symbol.asyncDispose]());

function content(size: number, seed = "one"): Buffer {
  return createHash("shake256", { outputLength: size }).update(seed).digest();
}

let containers = 0;

/** A container of the test's own with one blob, and the origin that a container's SAS makes with its name. */
async function setting(context: TestContext, bytes = content(7 * MiB)) {
  const container = `packages-${containers++}`;
  await azurite.put(container, NAME, bytes);
  const folder = await temporaryFolder(context);
  const origin: AzureBlobOrigin = { kind: "azure-blob", url: await azurite.sasUrl(container), package: NAME };
  const get = (options: DownloadOptions = {}, more: Partial<AzureBlobOrigin> = {}) =>
    download({ ...origin, ...more }, folder, { patience: { attempts: 5, baseMilliseconds: 1 }, ...options });
  const through = (host: string) => ({ url: origin.url.replace(azurite.host, host) });
  return { container, bytes, folder, file: join(folder, "app linux-x64.zip"), origin, get, through };
}

/** Stops a download once so many bytes have come. @returns how many had come in the end */
async function stopAfter(bytes: number, get: (options: DownloadOptions) => Promise<unknown>): Promise<number> {
  const controller = new AbortController();
  let moved = 0;
  const tell = (event: DownloadEvent) => {
    if (event.kind === "moved") moved = event.moved;
    if (moved > bytes) controller.abort(new Error("stop"));
  };
  await assert.rejects(get({ signal: controller.signal, tell }), /^Error: stop$/);
  return moved;
}

describe("a blob", () => {
  it("arrives by the SAS of its container and by its own", async (context) => {
    const { container, bytes, folder, file, get } = await setting(context);
    const expected = { kind: "file", file, digest: digestOf(bytes), size: bytes.byteLength, how: "downloaded" };
    assert.deepEqual(await get(), expected);
    assert.deepEqual(await readFile(file), bytes);
    assert.deepEqual((await readdir(folder)).sort(), ["app linux-x64.zip", "app linux-x64.zip.origin.json"]);
    const url = await azurite.sasUrl(container, { blob: NAME });
    const other = await temporaryFolder(context);
    const byItself = await download({ kind: "azure-blob", url }, other);
    assert.deepEqual(byItself, { ...expected, file: join(other, "app linux-x64.zip") });
  });

  it("is fetched again only where it has changed", async (context) => {
    const { container, bytes, file, get, through } = await setting(context);
    await using link = await startLink({ port: azurite.port });
    const first = await get({}, through(link.host));
    const bytesDown = link.bytesDown;
    assert.deepEqual(await get({}, through(link.host)), { ...first, how: "present" });
    assert.ok(link.bytesDown < bytesDown + 10_000);
    const changed = content(bytes.byteLength, "two");
    await azurite.put(container, NAME, changed);
    assert.equal((await get({}, through(link.host))).how, "downloaded");
    assert.deepEqual(await readFile(file), changed);
  });

  it("is not asked for where the file with the checksum is there, even by a SAS that has ended", async (context) => {
    const { container, bytes, get } = await setting(context);
    const checksum = digestOf(bytes);
    await get({}, { checksum });
    const url = await azurite.sasUrl(container, { expiresOn: new Date(0) });
    assert.equal((await get({}, { checksum, url })).how, "present");
  });

  it("goes on where the connection was cut", async (context) => {
    const { bytes, file, get, through } = await setting(context);
    await using link = await startLink({ port: azurite.port, cutAfterBytes: 2 * MiB });
    const events: DownloadEvent[] = [];
    const tell = (event: DownloadEvent) => events.push(event);
    assert.equal((await get({ tell }, through(link.host))).how, "downloaded");
    assert.deepEqual(await readFile(file), bytes);
    assert.equal(link.cuts, 3);
    const reasons = events.flatMap((event) => (event.kind === "waiting" ? [event.reason] : []));
    assert.deepEqual(
      reasons.map((reason) => /the connection was closed before all was there$/.test(reason)),
      [true, true, true],
    );
    assert.ok(link.bytesDown <= bytes.byteLength + MiB, `${link.bytesDown} bytes`);
  });

  it("goes on in the next run where it was stopped", async (context) => {
    const { bytes, file, get, through } = await setting(context);
    await using valve = await startValve(azurite.port, [3 * MiB]);
    const moved = await stopAfter(2.9 * MiB, (options) => get(options, through(valve.host)));
    const before = valve.bytesDown;
    assert.equal((await get({}, through(valve.host))).how, "resumed");
    assert.deepEqual(await readFile(file), bytes);
    assert.ok(valve.bytesDown - before <= bytes.byteLength - moved + 10_000);
  });

  it("starts again where it has changed in between", async (context) => {
    const { container, bytes, file, get, through } = await setting(context);
    await using valve = await startValve(azurite.port, [3 * MiB]);
    await stopAfter(2.9 * MiB, (options) => get(options, through(valve.host)));
    const changed = content(bytes.byteLength, "two");
    await azurite.put(container, NAME, changed);
    assert.equal((await get({}, through(valve.host))).how, "downloaded");
    assert.deepEqual(await readFile(file), changed);
  });

  it("goes on where the connection was dead, before and in the middle of the answer", async (context) => {
    const { bytes, file, get, through } = await setting(context);
    await using valve = await startValve(azurite.port, [3 * MiB, 0]);
    await get({ idleMilliseconds: 1000 }, through(valve.host));
    assert.deepEqual(await readFile(file), bytes);
    assert.ok(valve.connections >= 3);
  });

  it("is refused where it does not hash to the MD5 that the service has, and is fetched once more before", async (context) => {
    const { container, folder, get, through } = await setting(context);
    await azurite.put(container, NAME, content(MiB), { md5: new Uint8Array(16) });
    await using link = await startLink({ port: azurite.port });
    await assert.rejects(get({}, through(link.host)), (error: SlipwayError) => {
      return error.code === "PACKAGE_MISMATCH" && /MD5/.test(error.message);
    });
    assert.ok(link.bytesDown > 2 * MiB && link.bytesDown < 2.1 * MiB);
    assert.deepEqual(await readdir(folder), ["app linux-x64.zip.origin.json"]);
  });

  it("is fetched once where it is right and the configured checksum is not", async (context) => {
    const { get, through } = await setting(context, content(MiB));
    await using link = await startLink({ port: azurite.port });
    const wrong = get({}, { ...through(link.host), checksum: digestOf("another one") });
    await assert.rejects(wrong, { code: "PACKAGE_MISMATCH" });
    assert.ok(link.bytesDown < 1.1 * MiB);
  });
});

describe("a blob that the service refuses", () => {
  const expired = new Date("2020-01-02T03:04:05Z");
  const name = `/devstoreaccount1/CONTAINER/1.2.3/app%20linux-x64.zip`;

  for (const [title, options, origin, code, facts] of [
    [
      "by a SAS that has ended names its end",
      { expiresOn: expired },
      {},
      "AZURE_SAS_EXPIRED",
      { date: "2020-01-02T03:04:05.000Z" },
    ],
    [
      "by a SAS that permits no reading says so",
      { permissions: "lw" },
      {},
      "AZURE_SAS_LACKS_READ",
      { permissions: "wl" },
    ],
    ["is named where it is not there", {}, { package: "other.zip" }, "DOWNLOAD_MISSING", {}],
    [
      "by a SAS that is not valid yet names its beginning",
      { startsOn: new Date("2099-01-01T00:00:00Z"), expiresOn: new Date("2099-01-02T00:00:00Z") },
      {},
      "DOWNLOAD_DENIED",
      { reason: "the answer was 403 (the SAS begins to be valid at 2099-01-01T00:00:00.000Z)" },
    ],
  ] as const) {
    it(title, async (context) => {
      const { container, get } = await setting(context, content(10));
      const url = await azurite.sasUrl(container, options);
      const error: unknown = await get({}, { url, ...origin }).then(
        () => undefined,
        (thrown) => thrown,
      );
      const { code: actual, facts: all } = error as SlipwayError;
      assert.equal(actual, code, inspect(error));
      const shown = `http://${azurite.host}${name.replace("CONTAINER", container)}`;
      const expectedUrl = "package" in origin ? shown.replace(/1\.2\.3.*/, "other.zip") : shown;
      assert.deepEqual({ ...all, ...facts }, all);
      assert.equal(all.url, expectedUrl);
      const signature = new URL(url).searchParams.get("sig") ?? "";
      const printed = inspect(error, { depth: 9, showHidden: true });
      assert.equal(printed.includes("sig=") || printed.includes(signature), false, printed);
    });
  }

  it("without or with a wrong signature is denied", async (context) => {
    const { origin, get } = await setting(context, content(10));
    await assert.rejects(get({}, { url: origin.url.replace(/sig=[^&]*/, "sig=AAAA") }), { code: "DOWNLOAD_DENIED" });
    await assert.rejects(get({}, { url: origin.url.replace(/\?.*/, "") }), (error: SlipwayError) =>
      ["DOWNLOAD_DENIED", "DOWNLOAD_MISSING"].includes(error.code),
    );
  });

  it("keeps the SAS out of errors of the connection", async (context) => {
    const { origin, get } = await setting(context, content(10));
    const url = origin.url.replace(azurite.host, "127.0.0.1:1");
    const error = await get({}, { url }).then(
      () => undefined,
      (thrown) => thrown,
    );
    assert.equal(error.code, "DOWNLOAD_FAILED");
    const printed = inspect(error, { depth: 9, showHidden: true });
    assert.equal(/sig=|se=|sp=/.test(printed), false, printed);
  });
});
