import assert from "node:assert/strict";
import { test } from "node:test";
import { randomImage, startRegistry } from "../testing/index.ts";
import type { ErrorCode } from "../words/error.ts";
import { staticCredentials } from "./credentials/static.ts";
import { createRegistry } from "./registry.ts";
import type { Repository } from "./repository.ts";

const says = (code: string, message: string) => JSON.stringify({ errors: [{ code, message, detail: {} }] });

/** As Docker's registry tells that its disk is full: the number of the system's error and no word. */
const FULL_DISK = JSON.stringify({
  errors: [
    {
      code: "UNKNOWN",
      message: "unknown error",
      detail: { DriverName: "filesystem", Enclosed: { Op: "mkdir", Path: "/var/lib/registry", Err: 28 } },
    },
  ],
});

const HARBOR =
  "adding 3.2 MiB of storage resource, which when updated to current usage of 9.9 GiB will exceed the configured upper limit of 10.0 GiB";

const TABLE: readonly (readonly [status: number, body: string, code: ErrorCode, tries: number])[] = [
  [403, says("DENIED", HARBOR), "QUOTA_EXCEEDED", 1],
  [403, says("DENIED", "Quota has been exceeded on namespace"), "QUOTA_EXCEEDED", 1],
  [403, says("DENIED", "repository storage limit reached"), "QUOTA_EXCEEDED", 1],
  [413, "<html><h1>413 Request Entity Too Large</h1></html>", "QUOTA_EXCEEDED", 1],
  [507, "Insufficient Storage", "QUOTA_EXCEEDED", 1],
  [500, FULL_DISK, "QUOTA_EXCEEDED", 1],
  [403, says("DENIED", "requested access to the resource is denied"), "DENIED", 1],
  [500, says("UNKNOWN", "unknown error"), "REGISTRY_ANSWER", 3],
  [429, says("TOOMANYREQUESTS", "quota of requests exceeded"), "RATE_LIMITED", 3],
  [400, says("DIGEST_INVALID", "provided digest did not match uploaded content"), "REGISTRY_ANSWER", 2],
  [400, says("TAG_INVALID", "manifest tag did not match URI"), "REGISTRY_ANSWER", 1],
];

async function at(work: (repository: Repository, server: Awaited<ReturnType<typeof startRegistry>>) => Promise<void>) {
  await using server = await startRegistry();
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    retry: { attempts: 3, baseMilliseconds: 5 },
  });
  try {
    await work(client.repository({ registry: server.host, repository: "team/app" }), server);
  } finally {
    await client.close();
  }
}

for (const [status, body, code, tries] of TABLE) {
  test(`F40: ${status} ${body.slice(0, 100)} is ${code}, tried ${tries} times`, () =>
    at(async (repository, server) => {
      const image = await randomImage({ seed: "full" });
      await server.put("team/app", image);
      server.faults.add({ method: "PUT", kind: "manifest", effect: { kind: "status", status, body } });
      const [manifest] = image.manifests;
      assert.ok(manifest);
      await assert.rejects(repository.pushManifest(manifest, "v1"), { code });
      assert.equal(server.requests.count("PUT", "manifest"), tries);
    }));
}

test("F40: a registry that is full says so at whatever comes first", () =>
  at(async (repository, server) => {
    const image = await randomImage({ seed: "full" });
    const body = says("DENIED", HARBOR);
    server.faults.add({ method: "POST", kind: "upload", effect: { kind: "status", status: 403, body } });
    const [blob] = image.blobs;
    assert.ok(blob);
    await assert.rejects(repository.pushBlob(blob.descriptor, blob.body), {
      code: "QUOTA_EXCEEDED",
      retryable: false,
      message: /9\.9 GiB/,
    });
    assert.equal(server.requests.count("POST"), 1);
  }));
