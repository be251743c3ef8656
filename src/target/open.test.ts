import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseManifest } from "../oci/manifest.ts";
import { openDestination, openSource } from "./open.ts";
import { push, sampleImage } from "./sample-image.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { type LocalPlace, parsePlace } from "./transport.ts";

function place(text: string): LocalPlace {
  const parsed = parsePlace(text);
  return parsed.kind === "docker" ? assert.fail() : parsed;
}

describe("opening a place", () => {
  for (const [kind, name] of [
    ["oci", "1.0"],
    ["oci", "docker.io/library/busybox:1.36"],
    ["oci-archive", "1.0"],
    ["docker-archive", "busybox:1.36"],
  ] as const) {
    it(`writes and reads ${kind}:…:${name}`, async (context) => {
      const folder = await temporaryFolder(context);
      const path = join(folder, "images");
      const image = await sampleImage(["one"]);
      const { target, tag } = await openDestination(place(`${kind}:${path}:${name}`));
      assert.equal(target.name, `${kind}:${path}`);
      await push(target, image, tag);
      await target.close?.();
      assert.deepEqual(await readdir(folder), ["images"]);
      for (const text of [`${kind}:${path}:${name}`, `${kind}:${path}`]) {
        const source = await openSource(place(text), { temporaryFolder: folder });
        const manifest = parseManifest(await source.target.manifest(await source.reference()));
        assert.ok(manifest.kind === "image" && manifest.config.digest === image.blobs[0]?.[0].digest);
        await source.target.close();
      }
      assert.deepEqual(await readdir(folder), ["images"]);
    });
  }

  it("reads by digest, and asks which image is meant", async (context) => {
    const path = join(await temporaryFolder(context), "images");
    const [one, two] = [await sampleImage(["one"]), await sampleImage(["two"])];
    const { target } = await openDestination(place(`oci:${path}`));
    const empty = await openSource(place(`oci:${path}`)).catch((thrown) => thrown.code);
    assert.equal(empty, "TARGET_UNREADABLE");
    await push(target, one, "1.0");
    await push(target, two);
    await target.close?.();
    const { digest } = two.manifest.descriptor;
    const named = await openSource(place(`oci:${path}@${digest}`));
    assert.equal((await named.target.resolve(await named.reference()))?.digest, digest);
    const unnamed = await openSource(place(`oci:${path}`));
    await assert.rejects(unnamed.reference(), {
      code: "IMAGE_AMBIGUOUS",
      message: `oci:${path} holds 2 images: 1.0, ${digest}`,
    });
  });

  it("does not write to a digest", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    for (const text of [`oci:/tmp/images@${digest}`, `docker-daemon:${digest}`]) {
      await assert.rejects(openDestination(place(text)), { code: "TARGET_INVALID" });
    }
  });

  it("makes nothing before something is written", async (context) => {
    const folder = await temporaryFolder(context);
    const { target } = await openDestination(place(`oci:${join(folder, "images")}:1.0`));
    assert.equal(await target.resolve("1.0"), undefined);
    await target.close?.();
    assert.deepEqual(await readdir(folder), []);
  });
});
