import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { descriptorOf } from "../oci/descriptor.ts";
import { bodyOf } from "../target/bytes.ts";
import { TRANSPORTS, withClient } from "../testing/client.ts";
import { startHastyFront, startRegistry } from "../testing/index.ts";

const PATIENCE = 10;
const UPLOADS = 500;

for (const { transport, largeBodyBytes } of TRANSPORTS) {
  test(`F12: of 1,000 requests over connections that are being closed none fails (${transport})`, async () => {
    await using server = await startRegistry();
    await using front = await startHastyFront({ port: Number(server.host.split(":")[1]), patience: PATIENCE });
    let retries = 0;
    const options = {
      largeBodyBytes,
      hosts: { [front.host]: { tls: false } },
      retry: { attempts: 3, baseMilliseconds: 20 },
      tell: ({ kind }: { readonly kind: string }) => {
        if (kind === "retrying") retries += 1;
      },
    };
    await withClient(front.host, options, async (repository) => {
      const upload = async (seed: string) => {
        const bytes = Buffer.from(seed);
        assert.equal(await repository.pushBlob(descriptorOf(bytes, "a/b"), bodyOf(bytes)), "written");
        await sleep(Math.random() * PATIENCE);
      };
      const workers = ["a", "b", "c", "d"].map(async (name) => {
        for (let at = 0; at < UPLOADS / 4; at += 1) await upload(`${name}${at}`);
      });
      await Promise.all(workers);
    });
    assert.equal(server.blobs("team/app").size, UPLOADS);
    assert.ok(server.requests.count("POST") + server.requests.count("PUT") >= 2 * UPLOADS);
    assert.ok(retries > 0 && retries < UPLOADS, `${retries} retries, ${front.closed} connections closed`);
  });
}
