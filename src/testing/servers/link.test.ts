import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomImage, type TestImage } from "../index.ts";
import { startRegistry } from "../registry/start.ts";
import type { TestRegistry } from "../registry/test-registry.ts";
import { type Link, type LinkOptions, startLink } from "./link.ts";

const MIB = 1024 * 1024;

async function behindLink(
  options: Omit<LinkOptions, "port">,
): Promise<{ registry: TestRegistry; link: Link; image: TestImage; path: string; size: number }> {
  const registry = await startRegistry();
  const image = await randomImage({ seed: "link", layers: [{ seed: "layer", bytes: 2 * MIB }] });
  await registry.put("app", image, "v1");
  const layer = image.blobs[1]?.descriptor;
  assert.ok(layer !== undefined);
  const link = await startLink({ ...options, port: Number(registry.host.split(":")[1]) });
  return { registry, link, image, path: `http://${link.host}/v2/app/blobs/${layer.digest}`, size: layer.size };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const fetchAll = async (url: string) => (await (await fetch(url)).arrayBuffer()).byteLength;

describe("a link", () => {
  it("carries what is asked and what is answered", async () => {
    const { registry, link, path, size } = await behindLink({});
    await using _ = registry;
    await using __ = link;
    assert.equal(await fetchAll(path), size);
    assert.ok(link.bytesDown > size && link.bytesUp > 50 && link.bytesUp < 2000, `${link.bytesUp} bytes up`);
    assert.deepEqual([link.connections, link.cuts], [1, 0]);
  });

  it("has a latency each way, and one round trip more for a new connection", async () => {
    const { registry, link } = await behindLink({ latency: 50 });
    await using _ = registry;
    await using __ = link;
    const ping = () => fetchAll(`http://${link.host}/v2/`);
    const first = await timed(ping);
    assert.ok(first >= 195, `${first} ms`);
    const others = [await timed(ping), await timed(ping), await timed(ping)];
    const least = Math.min(...others);
    assert.ok(least >= 95 && least < 195, `${others} ms`);
  });

  it("has a bandwidth that all connections share", async () => {
    const { registry, link, path, size } = await behindLink({ bandwidth: 10 * MIB });
    await using _ = registry;
    await using __ = link;
    const took = await timed(() => Promise.all([fetchAll(path), fetchAll(path)]));
    const expected = ((2 * size) / (10 * MIB)) * 1000;
    assert.ok(took > expected * 0.95 && took < expected * 4, `${took} ms instead of ${expected}`);
  });

  it("cuts every connection after so many bytes", async () => {
    const { registry, link, path } = await behindLink({ cutAfterBytes: MIB });
    await using _ = registry;
    await using __ = link;
    for (const cuts of [1, 2]) {
      let received = 0;
      await assert.rejects(async () => {
        for await (const chunk of (await fetch(path)).body ?? []) received += chunk.length;
      });
      assert.ok(received > MIB - 2000 && received < MIB, `${received} bytes`);
      assert.equal(link.cuts, cuts);
    }
  });
});
