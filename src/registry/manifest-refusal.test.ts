import assert from "node:assert/strict";
import { test } from "node:test";
import { readErrorBody } from "./error-body.ts";
import { isManifestRefused } from "./manifest-refusal.ts";

const PUT = "PUT /v2/team/app/manifests/sha256:0123";

function body(...errors: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify({ errors }));
}

test("what registries say when they do not take a manifest, and what else they say", () => {
  const cases: readonly (readonly [operation: string, status: number, body: Buffer, refused: boolean])[] = [
    [PUT, 403, body({ code: "DENIED", message: "unknown manifest class for application/vnd.oci.empty.v1+json" }), true],
    [PUT, 415, body({ code: "MANIFEST_INVALID", message: "manifest invalid" }), true],
    [PUT, 415, Buffer.from("Unsupported Media Type"), true],
    [PUT, 400, body({ code: "MANIFEST_INVALID", message: "manifest invalid", detail: {} }), true],
    [PUT, 405, body({ code: "UNSUPPORTED", message: "Invalid parameter at 'ImageManifest' failed to satisfy" }), true],
    [PUT, 403, body({ code: "DENIED", message: "requested access to the resource is denied" }), false],
    [PUT, 405, body({ code: "UNSUPPORTED", message: "The operation is unsupported." }), false],
    [PUT, 400, body({ code: "MANIFEST_BLOB_UNKNOWN", message: "blob unknown to registry" }), false],
    [PUT, 404, body({ code: "NAME_UNKNOWN", message: "repository name not known to registry" }), false],
    [PUT, 500, body({ code: "MANIFEST_INVALID", message: "manifest invalid" }), false],
    ["PUT /v2/team/app/blobs/uploads/1", 415, body({ code: "MANIFEST_INVALID", message: "" }), false],
    ["DELETE /v2/team/app/manifests/v1", 415, body({ code: "MANIFEST_INVALID", message: "" }), false],
  ];
  for (const [operation, status, answer, refused] of cases) {
    assert.equal(isManifestRefused(operation, status, readErrorBody(answer)), refused, `${status} ${answer}`);
  }
});

test("of several errors, the first that says more than UNKNOWN counts, with its detail", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const unknown = { code: "UNKNOWN", message: "unknown error", detail: {} };
  const missing = { code: "MANIFEST_BLOB_UNKNOWN", message: "blob unknown to registry", detail: digest };
  assert.deepEqual(readErrorBody(body(unknown, missing)), {
    code: "MANIFEST_BLOB_UNKNOWN",
    detail: `MANIFEST_BLOB_UNKNOWN blob unknown to registry (${digest})`,
  });
  assert.equal(readErrorBody(body(unknown)).code, "UNKNOWN");
});
