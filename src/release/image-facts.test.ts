import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryTarget } from "../target/memory.ts";
import { imageFacts } from "./image-facts.ts";
import { imageOf, type OriginOptions, putImage, putIndex } from "./simulation/samples.ts";

const REVISION = "org.opencontainers.image.revision";
const VERSION = "org.opencontainers.image.version";
const ORIGIN = { [REVISION]: "1111", [VERSION]: "1.2.3" };
const OTHER = { [REVISION]: "2222", [VERSION]: "2.0.0" };

const IMAGES: readonly (readonly [what: string, image: OriginOptions, said: object])[] = [
  ["annotations of the manifest", { annotations: ORIGIN }, { revision: "1111", version: "1.2.3" }],
  ["labels", { labels: ORIGIN }, { revision: "1111", version: "1.2.3" }],
  ["annotations before labels", { annotations: ORIGIN, labels: OTHER }, { revision: "1111", version: "1.2.3" }],
  [
    "each from where it is",
    { annotations: { [VERSION]: "1.2.3" }, labels: OTHER },
    { revision: "2222", version: "1.2.3" },
  ],
  ["a revision alone", { labels: { [REVISION]: "1111" } }, { revision: "1111" }],
  ["other labels", { labels: { maintainer: "somebody" } }, {}],
  ["no labels at all", {}, {}],
];

for (const [what, options, said] of IMAGES) {
  test(`what an image says of its origin: ${what}`, async () => {
    const target = new MemoryTarget();
    const image = imageOf(options);
    await putImage(target, image, "1.2.3");
    assert.deepEqual(await imageFacts(target, "1.2.3"), { digest: image.root.descriptor.digest, ...said });
  });
}

const INDEXES: readonly (readonly [
  what: string,
  annotations: Readonly<Record<string, string>> | undefined,
  images: readonly OriginOptions[],
  said: object,
])[] = [
  ["its own annotations", ORIGIN, [{ labels: OTHER }], { revision: "1111", version: "1.2.3" }],
  [
    "the labels of its first image",
    undefined,
    [{ labels: ORIGIN }, { labels: OTHER, architecture: "arm64" }],
    { revision: "1111", version: "1.2.3" },
  ],
  ["no annotation of a revision", { [VERSION]: "1.2.3" }, [{ labels: OTHER }], { revision: "2222", version: "1.2.3" }],
  [
    "attestations that come first",
    undefined,
    [{ labels: OTHER, architecture: "unknown" }, { labels: ORIGIN }],
    { revision: "1111", version: "1.2.3" },
  ],
  ["attestations alone", undefined, [{ labels: OTHER, architecture: "unknown" }], {}],
  ["no images", { [VERSION]: "1.2.3" }, [], { version: "1.2.3" }],
];

for (const [what, annotations, images, said] of INDEXES) {
  test(`what an index says of its origin: ${what}`, async () => {
    const target = new MemoryTarget();
    const made = images.map((options, at) => imageOf({ seed: String(at), ...options }));
    const index = await putIndex(target, made, annotations === undefined ? {} : { annotations }, "1.2.3");
    assert.deepEqual(await imageFacts(target, "1.2.3"), { digest: index.descriptor.digest, ...said });
  });
}

test("a tag that is not there has no origin", async () => {
  assert.equal(await imageFacts(new MemoryTarget(), "1.2.3"), undefined);
});
