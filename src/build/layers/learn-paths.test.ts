import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { pack } from "tar-stream";
import { descriptorOf } from "../../oci/descriptor.ts";
import { OCI_LAYER_GZIP } from "../../oci/media-types.ts";
import { bodyOf } from "../../target/bytes.ts";
import { MemoryTarget } from "../../target/memory.ts";
import { ImagePaths } from "./image-paths.ts";
import { learnPaths } from "./learn-paths.ts";

type Compress = (plain: Uint8Array) => Uint8Array;

/** `name/` is a folder, `name -> target` a link, all else a file. */
async function tarOf(lines: readonly string[]): Promise<Uint8Array> {
  const tar = pack();
  for (const line of lines) {
    const [name = "", linkname] = line.split(" -> ");
    if (linkname !== undefined) tar.entry({ name, type: "symlink", linkname });
    else if (name.endsWith("/")) tar.entry({ name, type: "directory" });
    else tar.entry({ name }, "content");
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function learned(layers: readonly (readonly string[])[], compress: Compress = gzipSync): Promise<ImagePaths> {
  const target = new MemoryTarget();
  const paths = new ImagePaths();
  for (const lines of layers) {
    const bytes = compress(await tarOf(lines));
    const layer = descriptorOf(bytes, OCI_LAYER_GZIP);
    await target.pushBlob(layer, bodyOf(bytes));
    await learnPaths(paths, target, layer, "base");
  }
  return paths;
}

const SYSTEM = ["./", "./usr/", "./usr/bin/", "./usr/bin/sh", "./bin -> usr/bin", "./var/lib/x", "./tmp/"];

describe("a base image's layers", () => {
  for (const [kind, compress] of [
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
    ["no", (plain: Uint8Array) => plain],
  ] as const) {
    it(`tell their folders and links with ${kind} compression`, async () => {
      const paths = await learned([SYSTEM], compress);
      assert.deepEqual(
        ["usr/bin", "var/lib", "tmp", "bin", "usr/bin/sh", "opt"].map((path) => paths.hasFolder(path)),
        [true, true, true, false, false, false],
      );
      assert.equal(paths.resolve("bin/sh"), "usr/bin/sh");
    });
  }

  for (const [what, layer, folders, resolved] of [
    ["take a folder away", ["var/.wh.lib"], ["var"], "usr/bin/x"],
    ["empty a folder", [".wh..wh..opq"], [], "bin/x"],
    ["put a file where a folder was", ["var"], [], "usr/bin/x"],
    ["put a folder where a link was", ["bin/"], ["var", "var/lib"], "bin/x"],
    ["put a link where a folder was", ["var -> usr"], [], "usr/bin/x"],
    ["write through a link", ["bin/sub/tool"], ["var", "var/lib", "usr/bin/sub"], "usr/bin/x"],
    ["change a link", ["bin -> sbin"], ["var", "var/lib"], "sbin/x"],
  ] as const) {
    it(`can ${what}`, async () => {
      const paths = await learned([SYSTEM, layer]);
      const known = ["var", "var/lib", "usr/bin/sub"].filter((path) => paths.hasFolder(path));
      assert.deepEqual({ known, resolved: paths.resolve("bin/x") }, { known: folders, resolved });
    });
  }

  it("that are cut are told of", async () => {
    const cut = learned([SYSTEM], (plain) => gzipSync(plain).subarray(0, 100));
    await assert.rejects(cut, { code: "BASE_UNSUPPORTED", message: /^base cannot be a base image: its layer sha256:/ });
  });
});
