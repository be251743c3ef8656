import assert from "node:assert/strict";
import { test } from "node:test";
import type { FloatingTag } from "../metadata/index.ts";
import type { Digest } from "../oci/digest.ts";
import type { MemoryTarget } from "../target/memory.ts";
import { failure } from "../words/error.ts";
import { moveFloating, planFloating } from "./floating.ts";
import { imageOf, listedEffects, memoryOutlet, NO_EFFECTS, putImage } from "./simulation/samples.ts";

const VERSION_LABEL = "org.opencontainers.image.version";
const LATEST: FloatingTag = { name: "latest", kind: "floating", line: "latest" };
const MAJOR: FloatingTag = { name: "1", kind: "floating", line: { major: 1 } };
const MINOR: FloatingTag = { name: "1.2", kind: "floating", line: { major: 1, minor: 2 } };
const BRANCH: FloatingTag = { name: "main", kind: "floating", line: "branch" };

const imageAt = (version: string) => imageOf({ seed: version, labels: { [VERSION_LABEL]: version } });

/** Puts an image for each of these tags there; `TAG=VERSION`: the tag is on the image of that version. */
async function publish(target: MemoryTarget, tags: readonly string[]): Promise<void> {
  for (const written of tags) {
    const [tag = "", version = tag] = written.split("=");
    await putImage(target, imageAt(version), tag);
  }
}

const CASES: readonly {
  readonly what: string;
  /** What the registry has, besides the version's own image. */
  readonly published: readonly string[];
  readonly version: string;
  /** Each floating tag with what becomes of it. */
  readonly gives: readonly (readonly [FloatingTag, string])[];
}[] = [
  {
    what: "the first version",
    published: [],
    version: "1.2.4",
    gives: [
      [LATEST, "move"],
      [MAJOR, "move"],
      [MINOR, "move"],
    ],
  },
  {
    what: "the next one",
    published: ["1.2.3", "latest=1.2.3", "1=1.2.3"],
    version: "1.2.4",
    gives: [
      [LATEST, "move"],
      [MAJOR, "move"],
    ],
  },
  {
    what: "P8: 1.2.4 after 2.0.0",
    published: ["1.2.3", "2.0.0", "latest=2.0.0", "1=1.2.3", "1.2=1.2.3"],
    version: "1.2.4",
    gives: [
      [LATEST, "newer 2.0.0"],
      [MAJOR, "move"],
      [MINOR, "move"],
    ],
  },
  {
    what: "1.2.4 after 1.3.0",
    published: ["1.3.0", "1=1.3.0", "latest=1.3.0"],
    version: "1.2.4",
    gives: [
      [LATEST, "newer 1.3.0"],
      [MAJOR, "newer 1.3.0"],
      [MINOR, "move"],
    ],
  },
  {
    what: "the tag of the newer one was deleted, and its label counts",
    published: ["latest=2.0.0"],
    version: "1.2.4",
    gives: [
      [LATEST, "newer 2.0.0"],
      [MAJOR, "move"],
    ],
  },
  {
    what: "a prerelease moves nothing",
    published: ["1.2.3"],
    version: "1.2.4-rc.1",
    gives: [
      [LATEST, "stays prerelease"],
      [MAJOR, "stays prerelease"],
      [BRANCH, "move"],
    ],
  },
  {
    what: "a published prerelease holds nothing",
    published: ["2.0.0-rc.1", "latest=2.0.0-rc.1"],
    version: "1.2.4",
    gives: [[LATEST, "move"]],
  },
  {
    what: "tags that are no versions",
    published: ["nightly", "sha-1234567", "latest=nightly"],
    version: "1.2.4",
    gives: [[LATEST, "move"]],
  },
  {
    what: "it is there already",
    published: ["latest=1.2.4", "1=1.2.3"],
    version: "1.2.4",
    gives: [
      [LATEST, "in-step"],
      [MAJOR, "move"],
    ],
  },
  { what: "a version of another line", published: [], version: "2.0.0", gives: [[MAJOR, "stays other-line"]] },
  {
    what: "what is no version",
    published: [],
    version: "nightly",
    gives: [
      [LATEST, "stays unordered"],
      [BRANCH, "move"],
    ],
  },
];

for (const { what, published, version, gives } of CASES) {
  test(`floating tags: ${what}`, async () => {
    const outlet = memoryOutlet("one");
    await publish(outlet.target, published);
    const image = imageAt(version);
    await putImage(outlet.target, image, version);
    const { digest } = image.root.descriptor;
    const tags = gives.map(([tag]) => tag);
    const plans = await planFloating({ outlet, digest }, tags, version);
    const told = plans.map((plan) => {
      const more = plan.kind === "newer" ? ` ${plan.newer}` : plan.kind === "stays" ? ` ${plan.because}` : "";
      return `${plan.kind}${more}`;
    });
    assert.deepEqual(
      told,
      gives.map(([, expected]) => expected),
    );
    const before = new Map(
      await Promise.all(tags.map(async ({ name }) => [name, await digestAt(outlet.target, name)] as const)),
    );
    const effects = listedEffects();
    await moveFloating([{ outlet, digest }], tags, version, effects);
    const moving = gives.filter(([, expected]) => expected === "move").map(([{ name }]) => name);
    assert.deepEqual(
      effects.list,
      moving.map((name) => `put-manifest one.test/acme/app:${name}`),
    );
    for (const { name } of tags) {
      assert.equal(await digestAt(outlet.target, name), moving.includes(name) ? digest : before.get(name), name);
    }
  });
}

test("each registry by what it has itself; what fails at one stops no other", async () => {
  const [ahead, behind, down] = [
    memoryOutlet("ahead"),
    memoryOutlet("behind"),
    memoryOutlet("down", { required: false }),
  ];
  const image = imageAt("1.2.4");
  const { digest } = image.root.descriptor;
  for (const { target } of [ahead, behind, down]) await putImage(target, image, "1.2.4");
  await publish(ahead.target, ["2.0.0", "latest=2.0.0"]);
  const error = failure("DENIED", { host: "down", operation: "push", origin: "the test", detail: "no" });
  down.target.pushManifest = () => Promise.reject(error);
  const outcomes = await moveFloating(
    [ahead, behind, down].map((outlet) => ({ outlet, digest })),
    [LATEST],
    "1.2.4",
    listedEffects(),
  );
  assert.deepEqual(
    outcomes.map((one) => [one.outlet.name, one.kind]),
    [
      ["ahead", "newer"],
      ["behind", "moved"],
      ["down", "failed"],
    ],
  );
  const last = outcomes[2];
  assert.deepEqual(last?.kind === "failed" && [last.error.code, last.error.side], ["DENIED", "destination"]);
});

test("a registry whose tags cannot be listed moves nothing: it is not taken for an empty one", async () => {
  const outlet = memoryOutlet("one");
  const image = imageAt("1.2.4");
  await putImage(outlet.target, image, "1.2.4");
  const error = failure("TIMED_OUT", { host: "one", operation: "tags", seconds: 30 });
  outlet.target.tags = () => failing(error);
  const outcomes = await moveFloating(
    [{ outlet, digest: image.root.descriptor.digest }],
    [LATEST, MAJOR],
    "1.2.4",
    NO_EFFECTS,
  );
  assert.deepEqual(
    outcomes.map((one) => [one.tag, one.kind === "failed" && one.error.code]),
    [
      ["latest", "TIMED_OUT"],
      ["1", "TIMED_OUT"],
    ],
  );
});

async function* failing(error: Error): AsyncGenerator<readonly string[]> {
  yield ["1.2.4"];
  throw error;
}

async function digestAt(target: MemoryTarget, tag: string): Promise<Digest | undefined> {
  return (await target.resolve(tag))?.digest;
}
