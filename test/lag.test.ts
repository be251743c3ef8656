import assert from "node:assert/strict";
import { test } from "node:test";
import { copyImages } from "../src/copy/copy-images.ts";
import type { Outcome } from "../src/copy/outcome.ts";
import { createRegistry, staticCredentials } from "../src/registry/index.ts";
import {
  randomImage,
  randomIndex,
  referrerTo,
  startRegistry,
  type TestImage,
  type TestRegistry,
} from "../src/testing/index.ts";
import { PLATFORMS } from "./support/images.ts";

/** Copies `team/app:v1` from one to the others. */
async function copy(
  source: TestRegistry,
  destinations: readonly TestRegistry[],
  options: { readonly patience?: number; readonly referrers?: boolean } = {},
): Promise<readonly Outcome[]> {
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    retry: { attempts: 3, baseMilliseconds: 5 },
  });
  try {
    return await copyImages(
      [
        {
          source: client.source({ registry: source.host, repository: "team/app" }),
          reference: "v1",
          referrers: options.referrers ?? false,
          destinations: destinations.map(({ host }) => ({
            target: client.repository({ registry: host, repository: "team/app" }),
            tag: "v1",
          })),
        },
      ],
      options,
    );
  } finally {
    await client.close();
  }
}

const lag = (milliseconds: number) =>
  ({ method: "PUT", kind: "manifest", effect: { kind: "lag", milliseconds } }) as const;

const codeOf = (outcome: Outcome | undefined) => (outcome?.status === "failed" ? outcome.error.code : outcome?.status);

async function index(source: TestRegistry, seed: string): Promise<TestImage> {
  const image = await randomIndex({ seed, platforms: PLATFORMS });
  await source.put("team/app", image, "v1");
  return image;
}

test("F20: a registry that shows only after a moment what it has taken is waited for", async () => {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const image = await index(source, "lag");
  destination.faults.add(lag(800));
  const [outcome] = await copy(source, [destination], { patience: 20_000 });
  assert.equal(codeOf(outcome), "copied");
  for (const { descriptor } of image.blobs) assert.ok(destination.blobs("team/app").has(descriptor.digest));
  assert.equal(destination.requests.bytesIn("PUT", "upload"), sum(image), "nothing was sent twice");
});

test("F20: one that needs longer is sent everything once more, and waited for again", async () => {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  await index(source, "long lag");
  destination.faults.add(lag(900));
  assert.deepEqual((await copy(source, [destination], { patience: 3000 })).map(codeOf), ["copied"]);
});

test("F20: one that never shows it fails, and no tag points at what is not there", async () => {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  await index(source, "for ever");
  destination.faults.add(lag(3_600_000));
  const started = Date.now();
  const [outcome] = await copy(source, [destination], { patience: 1000 });
  assert.equal(codeOf(outcome), "PARTS_MISSING");
  assert.ok(Date.now() - started < 5000);
  assert.deepEqual(destination.tags("team/app"), {});
});

test("F20: a list of referrers that lags loses none of them", async () => {
  await using source = await startRegistry();
  await using destination = await startRegistry({ referrers: false });
  const image = await randomImage({ seed: "subject" });
  await source.put("team/app", image, "v1");
  const referrers = ["one", "two", "three"].map((seed) =>
    referrerTo(image.root, { seed, artifactType: "application/x-test" }),
  );
  for (const referrer of referrers) await source.put("team/app", referrer);
  destination.faults.add({ ...lag(300), path: /manifests\/sha256-/ });
  assert.deepEqual((await copy(source, [destination], { referrers: true })).map(codeOf), ["copied"]);
  await new Promise((resolve) => setTimeout(resolve, 400));
  const tag = image.root.digest.replace(":", "-");
  const list = JSON.parse(Buffer.from(destination.manifest("team/app", tag)?.bytes ?? []).toString());
  const listed: readonly { readonly digest: string }[] = list.manifests;
  assert.deepEqual(listed.map(({ digest }) => digest).sort(), referrers.map(({ root }) => root.digest).sort());
});

test("F40: a destination that has no room is named, and the others get theirs", async () => {
  await using source = await startRegistry();
  await using full = await startRegistry();
  await using roomy = await startRegistry();
  await index(source, "full");
  full.faults.add({
    method: "PUT",
    kind: "upload",
    effect: { kind: "status", status: 507, body: "Insufficient Storage" },
  });
  const outcomes = await copy(source, [full, roomy]);
  assert.deepEqual(outcomes.map(codeOf), ["QUOTA_EXCEEDED", "copied"]);
  assert.equal(outcomes[0]?.attempts, 1);
  assert.ok("v1" in roomy.tags("team/app"));
});

function sum(image: TestImage): number {
  const sizes = new Map(image.blobs.map(({ descriptor }) => [descriptor.digest, descriptor.size]));
  return [...sizes.values()].reduce((total, size) => total + size, 0);
}
