/** What every target must do, as tests: one suite judges every implementation. For tests only. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { descriptorOf } from "../oci/descriptor.ts";
import { digestOf } from "../oci/digest.ts";
import { bodyOf, collect } from "./bytes.ts";
import { push, sampleImage, sampleIndex, sampleReferrer } from "./sample-image.ts";
import type { WriteTarget } from "./target.ts";

/** @param open makes an empty target, which may keep files in the folder; it is closed, and the folder deleted, for it */
export function targetContract(title: string, open: (folder: string) => Promise<WriteTarget>): void {
  const opened = async (context: TestContext) => {
    const folder = await mkdtemp(join(tmpdir(), "slipway-test-"));
    const target = await open(folder);
    context.after(async () => {
      await target.close?.();
      await rm(folder, { recursive: true });
    });
    return target;
  };
  const text = Buffer.from("the bytes of a blob");
  const blob = descriptorOf(text, "application/octet-stream");
  const unknown = descriptorOf(Buffer.from("never pushed"), "application/octet-stream");

  describe(`${title} as a target`, () => {
    it("gives back the blob that was pushed, whole and from an offset", async (context) => {
      const target = await opened(context);
      assert.equal(await target.exists(blob), false);
      assert.equal(await target.pushBlob(blob, bodyOf(text)), "written");
      assert.equal(await target.exists(blob), true);
      assert.deepEqual(Buffer.from(await collect(target.blob(blob), 100)), text);
      const rest: Uint8Array[] = [];
      await target.blob(blob)((chunk) => void rest.push(Uint8Array.from(chunk)), { offset: 4 });
      assert.deepEqual(Buffer.concat(rest), text.subarray(4));
    });

    it("takes an empty blob and one of sha512", async (context) => {
      const target = await opened(context);
      const empty = descriptorOf(Buffer.alloc(0), "application/octet-stream");
      const long = { ...blob, digest: digestOf(text, "sha512") };
      await target.pushBlob(empty, bodyOf(Buffer.alloc(0)));
      await target.pushBlob(long, bodyOf(text));
      assert.equal((await collect(target.blob(empty), 1)).byteLength, 0);
      assert.deepEqual(Buffer.from(await collect(target.blob(long), 100)), text);
    });

    for (const [fault, body] of [
      ["other bytes", bodyOf(Buffer.from("THE bytes of a blob"))],
      ["fewer bytes", bodyOf(text.subarray(1))],
      ["more bytes", bodyOf(Buffer.concat([text, text]))],
    ] as const) {
      it(`refuses ${fault} than the digest says`, async (context) => {
        const target = await opened(context);
        await assert.rejects(target.pushBlob(blob, body), { code: "CONTENT_MISMATCH" });
        assert.equal(await target.exists(blob), false);
      });
    }

    it("stays empty when the source fails, and takes the next attempt", async (context) => {
      const target = await opened(context);
      const broken = async () => {
        throw new Error("the source broke");
      };
      await assert.rejects(target.pushBlob(blob, broken), /the source broke/);
      assert.equal(await target.exists(blob), false);
      await target.pushBlob(blob, bodyOf(text));
      assert.equal(await target.exists(blob), true);
    });

    it("is idempotent", async (context) => {
      const target = await opened(context);
      const image = await sampleImage(["one"]);
      await push(target, image, "1.0");
      await push(target, image, "1.0");
      assert.deepEqual(await Array.fromAsync(target.tags()), [["1.0"]]);
    });

    it("knows manifests by tag and by digest, with their exact bytes", async (context) => {
      const target = await opened(context);
      const image = await sampleImage(["one", "two"]);
      const { digest } = image.manifest.descriptor;
      await push(target, image, "1.0");
      for (const reference of ["1.0", digest]) {
        assert.deepEqual(await target.resolve(reference), image.manifest.descriptor);
        const found = await target.manifest(reference);
        assert.deepEqual(found.descriptor, image.manifest.descriptor);
        assert.deepEqual(Buffer.from(found.bytes), image.manifest.bytes);
      }
    });

    it("refuses a manifest whose digest is another", async (context) => {
      const target = await opened(context);
      const [one, two] = [await sampleImage(["one"]), await sampleImage(["two"])];
      const wrong = { descriptor: one.manifest.descriptor, bytes: two.manifest.bytes };
      await assert.rejects(target.pushManifest(wrong, "1.0"), { code: "CONTENT_MISMATCH" });
      assert.equal(await target.resolve("1.0"), undefined);
    });

    it("says what it does not have", async (context) => {
      const target = await opened(context);
      assert.equal(await target.resolve("1.0"), undefined);
      assert.equal(await target.resolve(unknown.digest), undefined);
      assert.deepEqual(await Array.fromAsync(target.tags()), []);
      assert.deepEqual(await target.referrers(unknown.digest), []);
      await assert.rejects(target.manifest("1.0"), { code: "MANIFEST_UNKNOWN" });
      await assert.rejects(collect(target.blob(unknown), 100), { code: "BLOB_UNKNOWN" });
    });

    it("moves a tag", async (context) => {
      const target = await opened(context);
      const [one, two] = [await sampleImage(["one"]), await sampleImage(["two"])];
      await push(target, one, "latest");
      await push(target, two, "latest");
      assert.equal((await target.resolve("latest"))?.digest, two.manifest.descriptor.digest);
      assert.deepEqual(await Array.fromAsync(target.tags()), [["latest"]]);
    });

    it("holds an index and its children", async (context) => {
      const target = await opened(context);
      const amd64 = await sampleImage(["one"]);
      const arm64 = await sampleImage(["two"], { architecture: "arm64" });
      const index = sampleIndex({ amd64, arm64 });
      for (const image of [amd64, arm64]) await push(target, image);
      await target.pushManifest(index, "multi");
      assert.deepEqual(await target.resolve("multi"), index.descriptor);
      assert.deepEqual(await target.resolve(arm64.manifest.descriptor.digest), arm64.manifest.descriptor);
      assert.deepEqual(await Array.fromAsync(target.tags()), [["multi"]]);
    });

    it("lists what refers to an image", async (context) => {
      const target = await opened(context);
      const image = await sampleImage(["one"]);
      const { digest, mediaType, size } = image.manifest.descriptor;
      const signature = sampleReferrer({ mediaType, digest, size });
      await push(target, image, "1.0");
      await push(target, signature);
      assert.deepEqual(await target.referrers(digest), [
        {
          ...signature.manifest.descriptor,
          artifactType: "application/vnd.example.signature",
          annotations: { "org.example.by": "tests" },
        },
      ]);
    });

    it("takes many images at once", async (context) => {
      const target = await opened(context);
      const images = await Promise.all(Array.from({ length: 20 }, (_, at) => sampleImage(["shared", `own ${at}`])));
      await Promise.all(images.map((image, at) => push(target, image, `v${at}`)));
      const tags = (await Array.fromAsync(target.tags())).flat();
      assert.deepEqual(tags.sort(), images.map((_, at) => `v${at}`).sort());
      for (const [at, image] of images.entries()) {
        assert.deepEqual(await target.resolve(`v${at}`), image.manifest.descriptor);
      }
    });
  });
}
