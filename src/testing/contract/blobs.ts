import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { descriptorOf } from "../../oci/descriptor.ts";
import { digestOf } from "../../oci/digest.ts";
import { bodyOf } from "../../target/bytes.ts";
import type { Bench } from "./contract.ts";
import { locationOf, problemOf } from "./raw-client.ts";

const BYTES = Buffer.from("0123456789abcdefghij");
const BLOB = { descriptor: descriptorOf(BYTES, "application/octet-stream"), body: bodyOf(BYTES) };
const { digest: DIGEST } = BLOB.descriptor;
const UNKNOWN = digestOf("nobody pushed this");

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs */
export function blobContract({ client, repository, capabilities }: Bench): void {
  const pushed = async () => {
    const name = repository();
    await client().pushBlob(name, BLOB);
    return { name, path: `/v2/${name}/blobs/${DIGEST}` };
  };

  describe("blobs", () => {
    it("says what a blob is on HEAD, and gives it on GET", async () => {
      const { path } = await pushed();
      for (const method of ["HEAD", "GET"]) {
        const answer = await client().send(method, path);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get("content-length"), "20");
        assert.equal(answer.headers.get("docker-content-digest"), DIGEST);
        assert.equal(answer.body.toString(), method === "GET" ? BYTES.toString() : "");
      }
    });

    for (const [range, expected, contentRange] of [
      ["bytes=5-", "56789abcdefghij", "bytes 5-19/20"],
      ["bytes=0-0", "0", "bytes 0-0/20"],
      ["bytes=18-99", "ij", "bytes 18-19/20"],
      ["bytes=-3", "hij", "bytes 17-19/20"],
    ] as const) {
      it(`gives ${range}`, async () => {
        const { path } = await pushed();
        const answer = await client().send("GET", path, { headers: { range } });
        assert.equal(answer.status, 206);
        assert.equal(answer.headers.get("content-range"), contentRange);
        assert.equal(answer.body.toString(), expected);
      });
    }

    it("answers 416 to a range behind the end", async () => {
      const { path } = await pushed();
      const answer = await client().open("GET", path, { headers: { range: "bytes=20-" } });
      assert.equal(answer.status, 416);
      assert.equal(answer.headers.get("content-range"), "bytes */20");
      if (capabilities.wholeRangeErrors) await answer.arrayBuffer();
      else await assert.rejects(answer.arrayBuffer(), /terminated/);
    });

    it("knows no blob that was not pushed to this repository", async () => {
      const { name } = await pushed();
      assert.deepEqual(problemOf(await client().send("GET", `/v2/${name}/blobs/${UNKNOWN}`)), [404, "BLOB_UNKNOWN"]);
      const elsewhere = await client().send("GET", `/v2/${repository()}/blobs/${DIGEST}`);
      assert.deepEqual(problemOf(elsewhere), [404, "BLOB_UNKNOWN"]);
    });

    it("refuses what is no digest", async () => {
      const { name } = await pushed();
      const answer = await client().send("GET", `/v2/${name}/blobs/sha256:0123`);
      assert.ok(answer.status === 400 || answer.status === 404, `status ${answer.status}`);
    });

    it("mounts a blob of another repository", async () => {
      const { name } = await pushed();
      const other = repository();
      const answer = await client().send("POST", `/v2/${other}/blobs/uploads/?mount=${DIGEST}&from=${name}`);
      assert.equal(answer.headers.get("docker-content-digest"), DIGEST);
      assert.deepEqual((await client().send("GET", locationOf(answer, 201))).body, BYTES);
      assert.equal((await client().send("HEAD", `/v2/${other}/blobs/${DIGEST}`)).status, 200);
    });

    for (const [what, query] of [
      ["the blob is not there", (name: string) => `mount=${UNKNOWN}&from=${name}`],
      ["the repository is not there", () => `mount=${DIGEST}&from=contract/nowhere`],
      ["no repository is named", () => `mount=${DIGEST}`],
    ] as const) {
      it(`opens a session for a mount where ${what}`, async () => {
        const { name } = await pushed();
        const answer = await client().send("POST", `/v2/${repository()}/blobs/uploads/?${query(name)}`);
        assert.equal((await client().send("GET", locationOf(answer, 202))).status, 204);
      });
    }

    it("deletes a blob from its repository", async () => {
      const { name, path } = await pushed();
      assert.equal((await client().send("DELETE", path)).status, 202);
      assert.equal((await client().send("HEAD", path)).status, 404);
      assert.deepEqual(problemOf(await client().send("DELETE", `/v2/${name}/blobs/${UNKNOWN}`)), [404, "BLOB_UNKNOWN"]);
    });
  });
}
