import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cp, lstat, mkdir, readdir, readFile, readlink, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { digestOf } from "../../oci/digest.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import type { SlipwayError } from "../../words/error.ts";
import { type TarPart, tarOf, type ZipPart, zipOf } from "./test-support.ts";
import { type UnpackOptions, unpack } from "./unpack.ts";

async function setting(context: TestContext) {
  const root = await temporaryFolder(context);
  const [file, folder, stamp] = [join(root, "package"), join(root, "build/app"), join(root, ".slipway/unpacked.json")];
  const run = async (archive: Buffer, options: Partial<UnpackOptions> = {}) => {
    await writeFile(file, archive);
    return unpack(file, folder, { root, stamp, ...options });
  };
  return { root, file, folder, stamp, run };
}

/** What is below a folder: a file's mode and content, a folder's mode, a link's target. */
async function treeOf(folder: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    const mode = ((await lstat(path)).mode & 0o7777).toString(8);
    if (entry.isSymbolicLink()) tree[name] = `→ ${await readlink(path)}`;
    else if (entry.isDirectory()) tree[name] = mode;
    else tree[name] = `${mode} ${(await readFile(path, "utf8")).slice(0, 40)}`;
  }
  return tree;
}

const BIG = "0123456789".repeat(100_000);
const TREE = {
  bin: "755",
  "bin/app": "755 program",
  "bin/link": "→ ../lib/data",
  lib: "755",
  "lib/data": `644 ${BIG.slice(0, 40)}`,
  "lib/empty": "755",
  "lib/ünïcode 名": "644 text",
};

const TAR: readonly TarPart[] = [
  { name: "./", type: "directory" },
  { name: "./bin/app", content: "program", mode: 0o4755 },
  { name: "bin/link", type: "symlink", linkname: "../lib/data" },
  { name: "lib/", type: "directory", mode: 0o700 },
  { name: "lib/data", content: BIG, mode: 0o666 },
  { name: "lib/empty/", type: "directory" },
  { name: "lib/ünïcode 名", content: "text", mode: 0o600 },
];

const ZIP: readonly ZipPart[] = [
  { name: "bin/app", content: "program", mode: 0o100755 },
  { name: "bin/link", content: "../lib/data", mode: 0o120777 },
  { name: "lib/", mode: 0o040700 },
  { name: "lib/data", content: BIG, isDeflated: true },
  { name: "lib/empty/" },
  { name: "lib/ünïcode 名", content: "text", mode: 0o100600, flags: 0 },
];

const packages = { tar: await tarOf(TAR), zip: zipOf(ZIP) };

describe("a package", () => {
  for (const [kind, archive] of [
    ["zip", packages.zip],
    ["tar", packages.tar],
    ["tar.gz", gzipSync(packages.tar)],
    [
      "tar.gz in two parts",
      Buffer.concat([gzipSync(packages.tar.subarray(0, 700)), gzipSync(packages.tar.subarray(700))]),
    ],
    ["tar.zst", zstdCompressSync(packages.tar)],
  ] as const) {
    it(`is unpacked from ${kind}`, async (context) => {
      const { root, folder, stamp, run } = await setting(context);
      const bytes = BIG.length + "program".length + "text".length;
      assert.deepEqual(await run(archive), { folder, how: "unpacked", count: 7, bytes });
      assert.deepEqual(await treeOf(folder), TREE);
      assert.equal(((await stat(folder)).mode & 0o7777).toString(8), "755");
      assert.equal(await readFile(join(folder, "lib/data"), "utf8"), BIG);
      assert.deepEqual(await readdir(join(root, "build")), ["app"]);
      const { identity, ...noted } = JSON.parse(await readFile(stamp, "utf8"));
      assert.deepEqual(noted, { folder: "build/app", digest: digestOf(archive), count: 7, bytes });
    });
  }

  it("keeps its modes whatever the umask is", async (context) => {
    const { folder, run } = await setting(context);
    const before = process.umask(0o077);
    context.after(() => process.umask(before));
    await run(packages.tar);
    assert.deepEqual(await treeOf(folder), TREE);
  });

  it("without any entry is an empty folder", async (context) => {
    const { folder, run } = await setting(context);
    assert.deepEqual(await run(zipOf([])), { folder, how: "unpacked", count: 0, bytes: 0 });
    assert.deepEqual(await readdir(folder), []);
  });

  it("keeps hard links", async (context) => {
    const { folder, run } = await setting(context);
    await run(
      await tarOf([
        { name: "a/one", content: "old", mode: 0o644 },
        { name: "two", type: "link", linkname: "a/one" },
        { name: "a/s", type: "symlink", linkname: "one" },
        { name: "a/t", type: "link", linkname: "a/s" },
        { name: "a/one", content: "new", mode: 0o644 },
      ]),
    );
    assert.deepEqual(await treeOf(folder), {
      a: "755",
      "a/one": "644 new",
      "a/s": "→ one",
      "a/t": "→ one",
      two: "644 old",
    });
  });

  it("takes the last of several files of one name, and never writes through a link", async (context) => {
    const { folder, run } = await setting(context);
    await run(
      await tarOf([
        { name: "target", content: "untouched" },
        { name: "name", type: "symlink", linkname: "target" },
        { name: "name", content: "the file" },
        { name: "twice", content: "one" },
        { name: "./twice", content: "two" },
        { name: "other", content: "a file" },
        { name: "other", type: "symlink", linkname: "target" },
      ]),
    );
    assert.deepEqual(await treeOf(folder), {
      name: "644 the file",
      other: "→ target",
      target: "644 untouched",
      twice: "644 two",
    });
  });

  it("of a kind that is not taken is named by its bytes", async (context) => {
    const { run } = await setting(context);
    for (const [start, kind] of [
      ["BZh91AY&SY", "it is packed with bzip2"],
      ["\xfd7zXZ\0rest", "it is packed with xz"],
      ["7z\xbc\xaf\x27\x1c", "it is packed with 7-Zip"],
      ["#!/bin/sh", "it is no archive that Slipway knows"],
      ["", "it is empty"],
    ] as const) {
      const failed = run(Buffer.from(start, "latin1"));
      await assert.rejects(
        failed,
        (error: SlipwayError) => error.code === "PACKAGE_KIND_UNKNOWN" && error.facts.kind === kind,
      );
    }
    const failed = run(gzipSync("no tar"));
    await assert.rejects(failed, (error: SlipwayError) => {
      return error.code === "PACKAGE_KIND_UNKNOWN" && error.facts.kind === "what is inside the gzip is no tar";
    });
  });

  it("that is not there is said to be missing", async (context) => {
    const { root, folder, stamp, file } = await setting(context);
    await assert.rejects(unpack(file, folder, { root, stamp }), { code: "PACKAGE_UNREADABLE" });
  });
});

describe("unpacking again", () => {
  it("does nothing for the same package", async (context) => {
    const { folder, run } = await setting(context);
    const first = await run(packages.zip);
    await utimes(join(folder, "bin/app"), 1, 1);
    assert.deepEqual(await run(packages.zip), { ...first, how: "present" });
    assert.equal((await stat(join(folder, "bin/app"))).mtimeMs, 1000);
  });

  it("replaces all of another package, and of the same one what was changed", async (context) => {
    const { root, folder, run } = await setting(context);
    await run(packages.zip);
    await run(zipOf([{ name: "only", content: "one" }]));
    assert.deepEqual(await treeOf(folder), { only: "644 one" });
    for (const [name, text] of [
      ["added", ""],
      ["only", "changed"],
    ] as const) {
      await writeFile(join(folder, name), text);
      assert.equal((await run(zipOf([{ name: "only", content: "one" }]))).how, "unpacked");
      assert.deepEqual(await treeOf(folder), { only: "644 one" });
    }
    assert.deepEqual(await readdir(join(root, "build")), ["app"]);
  });

  it("believes a folder that was moved with the project, or restored from a cache", async (context) => {
    const { root, run } = await setting(context);
    await run(packages.zip);
    const elsewhere = await temporaryFolder(context);
    await cp(root, elsewhere, { recursive: true, verbatimSymlinks: true });
    const moved = { root: elsewhere, stamp: join(elsewhere, ".slipway/unpacked.json") };
    const [file, folder] = [join(elsewhere, "package"), join(elsewhere, "build/app")];
    assert.equal((await unpack(file, folder, moved)).how, "present");
    // It holds what the stamp says, but who knows who made it: it may stay, and not be replaced.
    await writeFile(file, packages.tar);
    await assert.rejects(unpack(file, folder, moved), { code: "UNPACK_FOLDER_NOT_OURS" });
  });

  it("leaves what Slipway did not put there", async (context) => {
    const { folder, stamp, run } = await setting(context);
    await mkdir(folder, { recursive: true });
    assert.equal((await run(packages.zip)).how, "unpacked", "an empty folder may be used");
    for (const change of [
      async () => {
        await rm(folder, { recursive: true });
        await mkdir(folder);
        await writeFile(join(folder, "mine"), "precious");
      },
      async () => {
        await rm(stamp);
      },
      async () => {
        await rm(folder, { recursive: true });
        await writeFile(folder, "a file");
      },
      async () => {
        await rm(folder);
        await mkdir(`${folder}-real`);
        await symlink(`${folder}-real`, folder);
      },
    ]) {
      await change();
      const before = await lstat(folder);
      await assert.rejects(run(packages.tar), { code: "UNPACK_FOLDER_NOT_OURS" });
      assert.equal((await lstat(folder)).ino, before.ino);
    }
  });

  it("leaves everything as it was where the package is bad", async (context) => {
    const { root, folder, run } = await setting(context);
    await run(packages.zip);
    await assert.rejects(
      run(
        zipOf([
          { name: "ok", content: "1" },
          { name: "../out", content: "2" },
        ]),
      ),
      { code: "PACKAGE_UNSAFE" },
    );
    assert.deepEqual(await treeOf(folder), TREE);
    assert.deepEqual(await readdir(join(root, "build")), ["app"]);
    assert.equal((await run(packages.zip)).how, "present");
  });

  it("refuses folders that must never be replaced", async (context) => {
    const { root, file, stamp } = await setting(context);
    await writeFile(file, packages.zip);
    const project = join(root, "project");
    await mkdir(join(project, "deep"), { recursive: true });
    await symlink(project, join(root, "link"));
    for (const [folder, inside, reason] of [
      ["/", project, "it is the root of the file system"],
      [project, project, "it is the project's own folder"],
      [`${project}/deep/..`, project, "it is the project's own folder"],
      [project, join(root, "link"), "it is the project's own folder"],
      [root, project, "the project is in it"],
      [join(root, "link/.."), project, "the project is in it"],
      [join(root, ".slipway"), project, "unpacked.json is in it"],
    ] as const) {
      const failed = unpack(file, folder, { root: inside, stamp });
      await assert.rejects(failed, { code: "UNPACK_FOLDER_FORBIDDEN", facts: { folder: join(folder), reason } });
    }
    const build = join(root, "build");
    await mkdir(build);
    await writeFile(join(build, "package"), packages.zip);
    const holding = unpack(join(build, "package"), build, { root: project, stamp });
    await assert.rejects(holding, { code: "UNPACK_FOLDER_FORBIDDEN" });
  });

  it("goes on after SIGKILL, and leaves no rubbish", async (context) => {
    const { root, file, folder, stamp, run } = await setting(context);
    await run(packages.zip);
    const many = Array.from({ length: 600 }, (_, at): ZipPart => ({ name: `f/${at}`, content: String(at) }));
    await writeFile(file, zipOf(many));
    const module = new URL("./unpack.ts", import.meta.url).href;
    const script = `
      const { unpack } = await import(${JSON.stringify(module)});
      const { existsSync, readdirSync } = await import("node:fs");
      setInterval(() => {
        const scratch = readdirSync(${JSON.stringify(join(root, "build"))}).find((name) => name.startsWith(".slipway-"));
        if (scratch !== undefined && existsSync(${JSON.stringify(join(root, "build"))} + "/" + scratch + "/0/f/10")) {
          process.kill(process.pid, "SIGKILL");
        }
      }, 1);
      await unpack(${JSON.stringify(file)}, ${JSON.stringify(folder)}, ${JSON.stringify({ root, stamp })});
      await new Promise(() => undefined);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
    const [, signal] = await new Promise<unknown[]>((resolve) => child.once("exit", (...end) => resolve(end)));
    assert.equal(signal, "SIGKILL");
    assert.deepEqual(await treeOf(folder), TREE);
    assert.equal((await readdir(join(root, "build"))).length, 2);
    assert.equal((await unpack(file, folder, { root, stamp })).count, 601);
    assert.deepEqual(await readdir(join(root, "build")), ["app"]);
  });

  it("can be stopped", async (context) => {
    const { root, folder, run } = await setting(context);
    const controller = new AbortController();
    controller.abort(new Error("stop"));
    await assert.rejects(run(packages.tar, { signal: controller.signal }), /^Error: stop$/);
    const later = new AbortController();
    const parts = Array.from({ length: 600 }, (_, at) => ({ name: `f/${at}`, content: "text" }));
    const stopped = run(gzipSync(await tarOf(parts)), { signal: later.signal });
    const build = join(root, "build");
    const timer = setInterval(() => {
      const scratch = existsSync(build) ? readdirSync(build).at(0) : undefined;
      if (scratch !== undefined && existsSync(join(build, scratch, "0/f/10"))) later.abort(new Error("stop later"));
    }, 1);
    context.after(() => clearInterval(timer));
    await assert.rejects(stopped, /^Error: stop later$/);
    await assert.rejects(stat(folder), { code: "ENOENT" });
    assert.deepEqual(await readdir(build), []);
  });
});
