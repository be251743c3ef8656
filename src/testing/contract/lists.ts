import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OCI_INDEX } from "../../oci/media-types.ts";
import { randomImage, referrerTo } from "../images/random.ts";
import type { Bench } from "./contract.ts";
import { problemOf } from "./raw-client.ts";

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#content-discovery */
export function listContract({ client, repository, capabilities }: Bench): void {
  const withTags = async (...tags: readonly string[]) => {
    const name = repository();
    const image = await randomImage({ seed: "image" });
    for (const tag of tags) await client().pushImage(name, image, tag);
    return { name, image };
  };

  const inOrder = (tags: string[]) => (capabilities.sortedTags ? tags : tags.sort());

  describe("lists", () => {
    it("answers to the ping", async () => {
      assert.equal((await client().send("GET", "/v2/")).status, 200);
    });

    it(`lists tags in ${capabilities.sortedTags ? "the order of their bytes" : "any order"}`, async () => {
      const { name } = await withTags("b", "a10", "C", "a9");
      const answer = await client().send("GET", `/v2/${name}/tags/list`);
      assert.equal(answer.status, 200);
      const list = JSON.parse(answer.body.toString());
      assert.equal(list.name, name);
      assert.deepEqual(inOrder(list.tags), ["C", "a10", "a9", "b"]);
    });

    it("knows no tags of a repository that is not there", async () => {
      const answer = await client().send("GET", `/v2/${repository()}/tags/list`);
      assert.deepEqual(problemOf(answer), [404, "NAME_UNKNOWN"]);
    });

    it(capabilities.emptyTagLists ? "lists no tags" : "does not know a repository without tags", async () => {
      const name = repository();
      const image = await randomImage({ seed: "image" });
      await client().pushImage(name, image, image.root.digest);
      const answer = await client().send("GET", `/v2/${name}/tags/list`);
      if (capabilities.emptyTagLists) assert.deepEqual(JSON.parse(answer.body.toString()), { name, tags: [] });
      else assert.deepEqual(problemOf(answer), [404, "NAME_UNKNOWN"]);
    });

    it(capabilities.tagPages ? "lists tags in pages" : "lists all tags, whatever page was asked for", async () => {
      const { name } = await withTags("a", "b", "c");
      const pages: string[][] = [];
      let next: string | undefined = `/v2/${name}/tags/list?n=2`;
      while (next !== undefined) {
        const answer = await client().send("GET", next);
        pages.push(inOrder(JSON.parse(answer.body.toString()).tags));
        next = /^<([^>]+)>; *rel="?next"?$/.exec(answer.headers.get("link") ?? "")?.[1];
      }
      assert.deepEqual(pages, capabilities.tagPages ? [["a", "b"], ["c"]] : [["a", "b", "c"]]);
    });

    it(capabilities.tagPages ? "begins a page after `last`" : "does not look at `last`", async () => {
      const { name } = await withTags("a", "b", "c");
      const answer = await client().send("GET", `/v2/${name}/tags/list?last=a`);
      const tags = capabilities.tagPages ? ["b", "c"] : ["a", "b", "c"];
      assert.deepEqual(inOrder(JSON.parse(answer.body.toString()).tags), tags);
    });

    it(capabilities.referrers ? "lists referrers, of one type or all" : "has no referrers API", async () => {
      const { name, image } = await withTags("v1");
      const signature = referrerTo(image.root, { seed: "signature", artifactType: "application/x-signature" });
      const document = referrerTo(image.root, { seed: "document", artifactType: "application/x-document" });
      for (const referrer of [signature, document]) await client().pushImage(name, referrer, referrer.root.digest);
      const path = `/v2/${name}/referrers/${image.root.digest}`;
      const all = await client().send("GET", path);
      const one = await client().send("GET", `${path}?artifactType=application/x-signature`);
      if (!capabilities.referrers) {
        assert.deepEqual([all.status, one.status], [404, 404]);
        return;
      }
      assert.equal(all.headers.get("content-type"), OCI_INDEX);
      assert.equal(all.headers.get("oci-filters-applied"), null);
      const listed: { readonly digest: string }[] = JSON.parse(all.body.toString()).manifests;
      const digests = [signature.root.digest, document.root.digest].sort();
      assert.deepEqual(listed.map((referrer) => referrer.digest).sort(), digests);
      assert.equal(one.headers.get("oci-filters-applied"), "artifactType");
      assert.deepEqual(JSON.parse(one.body.toString()).manifests, [signature.root]);
    });

    it(capabilities.referrers ? "confirms a subject" : "does not know what a subject is", async () => {
      const { name, image } = await withTags("v1");
      const referrer = referrerTo(image.root, { seed: "signature", artifactType: "application/x-signature" });
      await client().pushBlobs(name, referrer);
      const [manifest] = referrer.manifests;
      assert.ok(manifest !== undefined);
      const answer = await client().pushManifest(name, "signature", manifest.descriptor.mediaType, manifest.bytes);
      assert.equal(answer.headers.get("oci-subject"), capabilities.referrers ? image.root.digest : null);
    });

    it("has nothing that refers to an image nobody signed", async () => {
      const { name, image } = await withTags("v1");
      const answer = await client().send("GET", `/v2/${name}/referrers/${image.root.digest}`);
      assert.equal(answer.status, capabilities.referrers ? 200 : 404);
      if (capabilities.referrers) assert.deepEqual(JSON.parse(answer.body.toString()).manifests, []);
    });
  });
}
