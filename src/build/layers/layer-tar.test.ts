import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { collect } from "../../target/bytes.ts";
import { writeNewFile } from "../../target/file-writer.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import type { LayerEntry } from "./layer-entries.ts";
import { layerTar } from "./layer-tar.ts";

const TIME = new Date("2026-01-02T03:04:05.678Z");
const ROOT = { uid: 0, gid: 0 };

function tarOf(...entries: readonly LayerEntry[]) {
  return layerTar(async function* () {
    yield* entries;
  }, TIME);
}

/** The tar's lines as GNU tar reads them. */
async function gnuTar(file: string, ...flags: readonly string[]): Promise<readonly string[]> {
  const args = ["--list", "--verbose", "--numeric-owner", "--utc", "--full-time", "--quoting-style=literal", ...flags];
  const { stdout } = await promisify(execFile)("tar", [...args, "--file", file], {
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  return stdout.trimEnd().split("\n");
}

describe("a layer's tar", () => {
  const names = [
    ["ordinary", "app/run"],
    ["of 100 bytes", `${"d/".repeat(45)}${"f".repeat(10)}`],
    ["of 101 bytes", `${"d/".repeat(45)}${"f".repeat(11)}`],
    ["whose last part alone has 255 bytes", `app/${"f".repeat(255)}`],
    ["of 2,000 bytes", `${"folder/".repeat(280)}${"f".repeat(40)}`],
    ["in Chinese", "应用/启动脚本"],
    ["with an accent and a space", "café au lait"],
    ["with a line feed", "two\nlines"],
  ] as const;
  for (const [what, path] of names) {
    it(`holds a name ${what}, of files, folders and links`, async (context) => {
      const folder = await temporaryFolder(context);
      await writeFile(join(folder, "source"), "content");
      const body = tarOf(
        { kind: "folder", path: `${path}.d`, owner: ROOT },
        { kind: "file", path, source: join(folder, "source"), owner: ROOT },
        { kind: "link", path: `${path}.l`, target: path, owner: ROOT },
      );
      await writeNewFile(join(folder, "tar"), body);
      const day = "2026-01-02 03:04:05";
      assert.deepEqual((await gnuTar(join(folder, "tar"))).join("\n").split(/\n(?=[dl-][r-])/), [
        `drwxr-xr-x 0/0               0 ${day} ${path}.d/`,
        `-rw-r--r-- 0/0               7 ${day} ${path}`,
        `lrwxrwxrwx 0/0               0 ${day} ${path}.l -> ${path}`,
      ]);
    });
  }

  it("holds owners that ustar has no room for", async (context) => {
    const folder = await temporaryFolder(context);
    const owner = { uid: 1_000_650_000, gid: 262_144 };
    await writeNewFile(join(folder, "tar"), tarOf({ kind: "folder", path: "app", owner }));
    const [line = ""] = await gnuTar(join(folder, "tar"));
    assert.match(line, /^drwxr-xr-x 1000650000\/262144 /);
  });

  it("fills blocks, and ends with two empty ones", async (context) => {
    const folder = await temporaryFolder(context);
    for (const [size, bytes] of [
      [0, 512 + 1024],
      [1, 1024 + 1024],
      [512, 1024 + 1024],
      [513, 1536 + 1024],
    ] as const) {
      await writeFile(join(folder, "source"), "x".repeat(size));
      const tar = await collect(
        tarOf({ kind: "file", path: "f", source: join(folder, "source"), owner: ROOT }),
        10_000,
      );
      assert.equal(tar.byteLength, bytes, String(size));
      assert.ok(tar.subarray(-1024).every((byte) => byte === 0));
    }
  });

  it("says when a file is written to while it is read", async (context) => {
    const source = join(await temporaryFolder(context), "log");
    await writeFile(source, "x".repeat(1_000_000));
    let chunks = 0;
    const reading = tarOf({ kind: "file", path: "log", source, owner: ROOT })(async () => {
      chunks += 1;
      if (chunks === 2) await writeFile(source, "y".repeat(1_000_001));
    });
    await assert.rejects(reading, { code: "LAYER_FILE_CHANGED", facts: { path: source } });
  });

  it("stops when it is told to", async (context) => {
    const folder = await temporaryFolder(context);
    const body = tarOf({ kind: "folder", path: "app", owner: ROOT });
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(
      body(() => undefined, { signal }),
      { message: "enough" },
    );
    assert.deepEqual(await readdir(folder), []);
  });
});
