import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptorOf } from "../../oci/descriptor.ts";
import { opened, withClient } from "../../testing/client.ts";
import { startDockerRegistry, startLink, startRegistry } from "../../testing/index.ts";

const MiB = 1024 * 1024;
const BYTES = Buffer.alloc(40 * MiB, "over a bad link ");

/** Links that cut every connection, in front of registries of both kinds. */
const CASES = [
  { name: "a registry that keeps what arrived", start: () => startRegistry({ storage: "disk" }), most: 1.05 },
  { name: "Debian's docker-registry, which forgets it", start: startDockerRegistry, most: 1.35 },
] as const;

for (const { name, start, most } of CASES) {
  test(`F13: an upload over a link that cuts every 4 MiB arrives at ${name}`, async () => {
    await using server = await start();
    await using link = await startLink({ port: Number(server.host.split(":")[1]), cutAfterBytes: 4 * MiB });
    const blob = descriptorOf(BYTES, "a/b");
    await withClient(link.host, { retry: { attempts: 4, baseMilliseconds: 50 } }, async (repository) => {
      await repository.pushBlob(blob, opened(BYTES).body);
      assert.ok(await repository.exists(blob));
    });
    assert.ok(link.cuts > 0);
    assert.ok(link.bytesUp <= most * BYTES.byteLength, `${link.bytesUp / BYTES.byteLength} times the bytes`);
  });
}
