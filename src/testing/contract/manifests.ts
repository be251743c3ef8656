import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digestOf } from "../../oci/digest.ts";
import { MAX_MANIFEST_BYTES } from "../../oci/manifest.ts";
import { ACCEPTED_MANIFESTS, DOCKER_MANIFEST, OCI_MANIFEST } from "../../oci/media-types.ts";
import { indexOf, randomImage, randomIndex } from "../images/random.ts";
import type { Bench } from "./contract.ts";
import { problemOf } from "./raw-client.ts";

const HEADERS = { accept: ACCEPTED_MANIFESTS.join(", ") };
const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];
const UNKNOWN = digestOf("nobody pushed this");

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests */
export function manifestContract({ client, repository, capabilities }: Bench): void {
  describe("manifests", () => {
    for (const [what, make] of [
      ["an OCI image", () => randomImage({ seed: "image" })],
      ["a Docker image", () => randomImage({ seed: "image", format: "docker" })],
      ["an OCI index", () => randomIndex({ seed: "index", platforms: PLATFORMS })],
      ["a Docker manifest list", () => randomIndex({ seed: "index", platforms: PLATFORMS, format: "docker" })],
      ["an index in an index", async () => indexOf([await randomIndex({ seed: "index", platforms: PLATFORMS })])],
    ] as const) {
      it(`gives ${what} back as it was, by tag and by digest`, async () => {
        const name = repository();
        const image = await make();
        await client().pushImage(name, image, "v1");
        const { mediaType, digest, size } = image.root;
        for (const reference of ["v1", digest]) {
          for (const method of ["HEAD", "GET"]) {
            const answer = await client().send(method, `/v2/${name}/manifests/${reference}`, { headers: HEADERS });
            assert.equal(answer.status, 200);
            assert.equal(answer.headers.get("content-type"), mediaType);
            assert.equal(answer.headers.get("docker-content-digest"), digest);
            assert.equal(answer.headers.get("content-length"), String(size));
            if (method === "GET") assert.equal(digestOf(answer.body), digest);
          }
        }
      });
    }

    it("says where a manifest went", async () => {
      const name = repository();
      const image = await randomImage({ seed: "image" });
      await client().pushImage(name, image, "v1");
      const [manifest] = image.manifests;
      assert.ok(manifest !== undefined);
      const answer = await client().pushManifest(name, "v2", OCI_MANIFEST, manifest.bytes);
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get("docker-content-digest"), image.root.digest);
      assert.ok(answer.headers.get("location")?.endsWith(`/v2/${name}/manifests/${image.root.digest}`));
    });

    it("does not show a type that was not asked for", async () => {
      const name = repository();
      await client().pushImage(name, await randomImage({ seed: "image" }), "v1");
      const headers = { accept: DOCKER_MANIFEST };
      const answer = await client().send("GET", `/v2/${name}/manifests/v1`, { headers });
      assert.deepEqual(problemOf(answer), [404, "MANIFEST_UNKNOWN"]);
    });

    it("refuses an image before its blobs", async () => {
      const image = await randomImage({ seed: "image" });
      const [manifest] = image.manifests;
      assert.ok(manifest !== undefined);
      const answer = await client().pushManifest(repository(), "v1", OCI_MANIFEST, manifest.bytes);
      assert.deepEqual(problemOf(answer), [400, "MANIFEST_BLOB_UNKNOWN"]);
    });

    it("refuses an index before its images", async () => {
      const name = repository();
      const index = await randomIndex({ seed: "index", platforms: PLATFORMS });
      await client().pushBlobs(name, index);
      const root = index.manifests.at(-1);
      assert.ok(root !== undefined);
      const answer = await client().pushManifest(name, "v1", root.descriptor.mediaType, root.bytes);
      assert.deepEqual(problemOf(answer), [400, "MANIFEST_BLOB_UNKNOWN"]);
    });

    it("refuses bytes of another digest", async () => {
      const name = repository();
      const image = await randomImage({ seed: "image" });
      await client().pushBlobs(name, image);
      const [manifest] = image.manifests;
      assert.ok(manifest !== undefined);
      const answer = await client().pushManifest(name, UNKNOWN, OCI_MANIFEST, manifest.bytes);
      assert.deepEqual(problemOf(answer), [400, "DIGEST_INVALID"]);
    });

    for (const [what, mediaType, body] of [
      ["no JSON", OCI_MANIFEST, "no JSON"],
      ["another type than it says", OCI_MANIFEST, JSON.stringify({ schemaVersion: 2, mediaType: DOCKER_MANIFEST })],
      ["a type that is no manifest's", "application/json", "{}"],
    ] as const) {
      it(`refuses a manifest that is ${what}`, async () => {
        const answer = await client().pushManifest(repository(), "v1", mediaType, body);
        assert.deepEqual(problemOf(answer), [400, "MANIFEST_INVALID"]);
      });
    }

    it("refuses a manifest over 4 MiB", async () => {
      const body = Buffer.alloc(MAX_MANIFEST_BYTES + 1, " ");
      const answer = await client().pushManifest(repository(), "v1", OCI_MANIFEST, body);
      assert.ok(answer.status === 413 || answer.status === 400, `status ${answer.status}`);
    });

    for (const reference of ["v1", UNKNOWN]) {
      it(`knows no ${reference.slice(0, 12)} that was not pushed`, async () => {
        const name = repository();
        await client().pushImage(name, await randomImage({ seed: "image" }), "other");
        const answer = await client().send("GET", `/v2/${name}/manifests/${reference}`, { headers: HEADERS });
        assert.deepEqual(problemOf(answer), [404, "MANIFEST_UNKNOWN"]);
      });
    }

    it("moves a tag, and keeps what it pointed to", async () => {
      const name = repository();
      const [first, second] = await Promise.all([randomImage({ seed: "first" }), randomImage({ seed: "second" })]);
      await client().pushImage(name, first, "v1");
      await client().pushImage(name, second, "v1");
      const tagged = await client().send("HEAD", `/v2/${name}/manifests/v1`, { headers: HEADERS });
      assert.equal(tagged.headers.get("docker-content-digest"), second.root.digest);
      const old = await client().send("HEAD", `/v2/${name}/manifests/${first.root.digest}`, { headers: HEADERS });
      assert.equal(old.status, 200);
    });

    it("deletes a manifest together with its tags", async () => {
      const name = repository();
      const image = await randomImage({ seed: "image" });
      await client().pushImage(name, image, "v1");
      assert.equal((await client().send("DELETE", `/v2/${name}/manifests/${image.root.digest}`)).status, 202);
      for (const reference of ["v1", image.root.digest]) {
        const answer = await client().send("GET", `/v2/${name}/manifests/${reference}`, { headers: HEADERS });
        assert.equal(answer.status, 404);
      }
    });

    it(capabilities.tagDeletes ? "deletes a tag alone" : "does not delete a tag", async () => {
      const name = repository();
      const image = await randomImage({ seed: "image" });
      await client().pushImage(name, image, "v1");
      const deleted = await client().send("DELETE", `/v2/${name}/manifests/v1`);
      assert.equal(deleted.status === 202, capabilities.tagDeletes);
      const tagged = await client().send("HEAD", `/v2/${name}/manifests/v1`, { headers: HEADERS });
      assert.equal(tagged.status, capabilities.tagDeletes ? 404 : 200);
      const manifest = await client().send("HEAD", `/v2/${name}/manifests/${image.root.digest}`, { headers: HEADERS });
      assert.equal(manifest.status, 200);
    });
  });
}
