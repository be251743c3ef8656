import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digestOf } from "../../oci/digest.ts";
import type { Bench } from "./contract.ts";
import { locationOf, OCTETS, problemOf, withDigest } from "./raw-client.ts";

const BYTES = Buffer.from("0123456789abcdefghij");
const DIGEST = digestOf(BYTES);
const OTHER_DIGEST = digestOf("something else");

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs */
export function uploadContract({ client, repository, capabilities }: Bench): void {
  describe("uploads", () => {
    it("takes a blob in one PUT", async () => {
      const name = repository();
      const location = await client().begin(name);
      const answer = await client().send("PUT", withDigest(location, DIGEST), { headers: OCTETS, body: BYTES });
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get("docker-content-digest"), DIGEST);
      const blob = await client().send("GET", locationOf(answer, 201));
      assert.deepEqual(blob.body, BYTES);
    });

    it("takes a blob in chunks, and says how far it is", async () => {
      const name = repository();
      const began = await client().send("POST", `/v2/${name}/blobs/uploads/`);
      assert.equal(began.headers.get("range"), "0-0");
      const first = await client().send("PATCH", locationOf(began, 202), {
        headers: { ...OCTETS, "content-range": "0-9" },
        body: BYTES.subarray(0, 10),
      });
      assert.equal(first.headers.get("range"), "0-9");
      const status = await client().send("GET", locationOf(first, 202));
      assert.equal(status.headers.get("range"), "0-9");
      const second = await client().send("PATCH", locationOf(status, 204), {
        headers: { ...OCTETS, "content-range": "10-14" },
        body: BYTES.subarray(10, 15),
      });
      const closed = await client().send("PUT", withDigest(locationOf(second, 202), DIGEST), {
        headers: { ...OCTETS, "content-range": "15-19" },
        body: BYTES.subarray(15),
      });
      assert.equal(closed.status, 201);
    });

    it("refuses the Location of an earlier answer", async () => {
      const location = await client().begin(repository());
      const patched = await client().send("PATCH", location, { headers: OCTETS, body: BYTES });
      assert.equal(patched.status, 202);
      const again = await client().send("PATCH", location, { headers: OCTETS, body: BYTES });
      assert.deepEqual(problemOf(again), [404, "BLOB_UPLOAD_INVALID"]);
    });

    it(
      capabilities.chunkOffsets ? "refuses a chunk at the wrong offset" : "does not look at Content-Range",
      async () => {
        const location = await client().begin(repository());
        const headers = { ...OCTETS, "content-range": "5-24" };
        const answer = await client().send("PATCH", location, { headers, body: BYTES });
        assert.equal(answer.status, capabilities.chunkOffsets ? 416 : 202);
        assert.equal(answer.headers.get("range"), capabilities.chunkOffsets ? "0-0" : "0-19");
      },
    );

    it("refuses bytes of another digest, and forgets the session", async () => {
      const name = repository();
      const location = await client().begin(name);
      const answer = await client().send("PUT", withDigest(location, OTHER_DIGEST), { headers: OCTETS, body: BYTES });
      assert.deepEqual(problemOf(answer), [400, "DIGEST_INVALID"]);
      const blob = await client().send("HEAD", `/v2/${name}/blobs/${OTHER_DIGEST}`);
      assert.equal(blob.status, 404);
      assert.equal((await client().send("GET", location)).status, 404);
    });

    for (const [what, digest] of [
      ["no digest", undefined],
      ["a digest that is too short", "sha256:0123"],
      ["an unknown algorithm", "md5:d41d8cd98f00b204e9800998ecf8427e"],
    ] as const) {
      it(`does not close an upload with ${what}`, async () => {
        const location = await client().begin(repository());
        const target = digest === undefined ? location : withDigest(location, digest);
        const answer = await client().send("PUT", target, { headers: OCTETS, body: BYTES });
        assert.deepEqual(problemOf(answer), [400, "DIGEST_INVALID"]);
      });
    }

    it("ends a session on DELETE", async () => {
      const location = await client().begin(repository());
      assert.equal((await client().send("DELETE", location)).status, 204);
      assert.deepEqual(problemOf(await client().send("GET", location)), [404, "BLOB_UPLOAD_UNKNOWN"]);
    });

    it("keeps a session to its repository", async () => {
      const name = repository();
      const location = await client().begin(name);
      const elsewhere = location.replace(name, repository());
      const answer = await client().send("PATCH", elsewhere, { headers: OCTETS, body: BYTES });
      assert.ok(answer.status === 404 || answer.status === 400, `status ${answer.status}`);
    });

    it(capabilities.singlePost ? "takes a blob in one POST" : "answers a POST of a blob with a session", async () => {
      const name = repository();
      const target = `/v2/${name}/blobs/uploads/?digest=${DIGEST}`;
      const answer = await client().send("POST", target, { headers: OCTETS, body: BYTES });
      assert.equal(answer.status, capabilities.singlePost ? 201 : 202);
      const blob = await client().send("HEAD", `/v2/${name}/blobs/${DIGEST}`);
      assert.equal(blob.status, capabilities.singlePost ? 200 : 404);
    });

    it(capabilities.sha512 ? "takes sha512 digests" : "refuses sha512 digests", async () => {
      const name = repository();
      const digest = digestOf(BYTES, "sha512");
      const location = withDigest(await client().begin(name), digest);
      const answer = await client().send("PUT", location, { headers: OCTETS, body: BYTES });
      assert.equal(answer.status, capabilities.sha512 ? 201 : 400);
    });
  });
}
