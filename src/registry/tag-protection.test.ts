import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "../testing/client.ts";
import { randomImage } from "../testing/index.ts";
import { readErrorBody } from "./error-body.ts";
import { protectedTag } from "./tag-protection.ts";

const PUT = "PUT /v2/team/app/manifests/1.2.3";
const says = (code: string, message: string) => JSON.stringify({ errors: [{ code, message, detail: {} }] });

const OVERWRITE = "The image tag '1.2.3' already exists in the 'team/app' repository and cannot be overwritten because";
const DISALLOWED =
  "The operation is disallowed on this registry, repository or image. View troubleshooting steps at https://aka.ms/acr/faq/#why-does-my-pull-or-push-request-fail-with-disallowed-operation";

const TABLE: readonly (readonly [status: number, body: string, isProtected: boolean])[] = [
  [412, says("PRECONDITION", "Failed to process request due to 'app:1.2.3' configured as immutable."), true],
  [412, says("DENIED", "The tag is immutable, cannot be overwrite: app:1.2.3"), true],
  [400, says("TAG_INVALID", `${OVERWRITE} the repository is immutable.`), true],
  [400, says("TAG_INVALID", `${OVERWRITE} the tag is immutable.`), true],
  [400, "ImageTagAlreadyExistsException", true],
  [409, says("TAG_ALREADY_EXISTS", "tag was already pushed"), true],
  [409, says("TAG_IMMUTABLE", "tag is immutable and cannot be overwritten"), true],
  [403, says("DENIED", "The requested tag already exists and cannot be overwritten."), true],
  [403, says("UNKNOWN", "tag=1.2.3 cannot be overwritten because team/app is an immutable repository"), true],
  [405, says("REGISTRY_DISALLOWED_OPERATION", DISALLOWED), true],
  [400, says("TAG_INVALID", "manifest tag did not match URI"), false],
  [412, says("PROJECTPOLICYVIOLATION", "The image is not signed in Notary."), false],
  [405, says("UNSUPPORTED", "The operation is unsupported."), false],
  [403, says("DENIED", "requested access to the resource is denied"), false],
  [500, says("UNKNOWN", "immutable handler: connection refused"), false],
];

test("what registries say when a tag is protected, and what else they say", () => {
  for (const [status, body, isProtected] of TABLE) {
    const said = protectedTag(PUT, status, readErrorBody(Buffer.from(body)));
    assert.equal(said, isProtected ? "1.2.3" : undefined, `${status} ${body}`);
  }
});

test("only a manifest that is put under a tag can meet a protected one", () => {
  const body = readErrorBody(Buffer.from(says("PRECONDITION", "configured as immutable")));
  for (const operation of [
    `PUT /v2/team/app/manifests/sha256:${"0".repeat(64)}`,
    "DELETE /v2/team/app/manifests/1.2.3",
    "PUT /v2/team/app/blobs/uploads/1",
  ]) {
    assert.equal(protectedTag(operation, 412, body), undefined, operation);
  }
});

const PROTECTED = { immutableTags: (tag: string) => /^\d/.test(tag) };

test("a protected tag that stands for another digest is an error that trying again does not mend", () =>
  at(PROTECTED, async ({ server, repository }) => {
    const [before, after] = [await randomImage({ seed: "before" }), await randomImage({ seed: "after" })];
    await server.put("team/app", before, "1.2.3");
    await server.put("team/app", after);
    const [manifest] = after.manifests;
    assert.ok(manifest);
    await assert.rejects(repository.pushManifest(manifest, "1.2.3"), {
      code: "TAG_IMMUTABLE",
      retryable: false,
      message: `${server.host}/team/app:1.2.3 is protected and holds another digest: PRECONDITION Failed to process request due to 'app:1.2.3' configured as immutable.`,
    });
    assert.equal(server.requests.count("PUT", "manifest"), 1);
    assert.equal(server.tags("team/app")["1.2.3"], before.root.digest);
    await repository.pushManifest(manifest, "latest");
    await repository.pushManifest(manifest, "1.2.4");
    assert.deepEqual(server.tags("team/app"), {
      "1.2.3": before.root.digest,
      "1.2.4": after.root.digest,
      latest: after.root.digest,
    });
  }));

test("a protected tag that stands for the very manifest is as it should be", () =>
  at(PROTECTED, async ({ server, repository }) => {
    const image = await randomImage({ seed: "same" });
    await server.put("team/app", image, "1.2.3");
    const [manifest] = image.manifests;
    assert.ok(manifest);
    await repository.pushManifest(manifest, "1.2.3");
    assert.equal(server.requests.of("PUT", "manifest").at(-1)?.status, 412);
    assert.equal(server.requests.count("HEAD", "manifest"), 1);
  }));
