import assert from "node:assert/strict";
import { test } from "node:test";
import type { MirrorRule } from "../config/index.ts";
import { readConfig } from "../config/slipway/load-config.ts";
import { type Reference, repositoryOf } from "../oci/reference.ts";
import { MemoryTarget } from "../target/memory.ts";
import { randomImage } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import { expand } from "./expand.ts";
import { type Extras, findExtras } from "./extras.ts";

const image = await randomImage({ seed: "extras" });
const SIGNATURE = `sha256-${"a".repeat(64)}`;

function rules(mirrors: string): readonly MirrorRule[] {
  const text = `version: 1\nmirrors:\n${mirrors.replace(/^/gm, "  ")}\n`;
  return readConfig({ file: "slipway.yaml", text }, { variable: () => undefined, file: () => "" }).rules;
}

/** A repository whose list of tags may lack some, or fail. */
class Place extends MemoryTarget {
  unlisted: readonly string[] = [];
  isDown = false;

  override async *tags(): AsyncGenerator<readonly string[]> {
    if (this.isDown) throw failure("RATE_LIMITED", { host: "d.io", operation: "tags", detail: "" });
    for await (const page of super.tags()) yield page.filter((tag) => !this.unlisted.includes(tag));
  }
}

type Tags = Readonly<Record<string, readonly string[]>>;

async function places(tags: Tags): Promise<(repository: Reference) => Place> {
  const made = new Map<string, Place>();
  const at = (name: string) => {
    const place = made.get(name) ?? new Place(name);
    made.set(name, place);
    return place;
  };
  for (const [name, list] of Object.entries(tags)) {
    for (const tag of list) for (const manifest of image.manifests) await at(name).pushManifest(manifest, tag);
  }
  return (repository) => at(repositoryOf(repository));
}

async function extras(mirrors: string, at: (repository: Reference) => Place): Promise<Extras> {
  const expansion = await expand(rules(mirrors), { source: at, destination: at });
  return findExtras(expansion, at);
}

const shown = ({ removals }: Extras) => removals.map(({ destination, tag }) => `${destination}:${tag}`).sort();

const VERSIONS = ["1.0", "1.1", "1.2", "2.0", "latest"];

/** What the rules say, what is where, and which tags at d.io are extra. */
const CASES: readonly (readonly [name: string, mirrors: string, tags: Tags, extra: readonly string[]])[] = [
  [
    "all tags: what the source has no more",
    "- { from: s.io/app, to: d.io/app }",
    { "s.io/app": VERSIONS, "d.io/app": [...VERSIONS, "0.9", "nightly"] },
    ["d.io/app:0.9", "d.io/app:nightly"],
  ],
  [
    "a pattern governs the names that it means",
    "- { from: s.io/app, to: d.io/app, tags: { semver: '>=1.0.0', exclude: ['*-rc*'] } }",
    { "s.io/app": VERSIONS, "d.io/app": ["1.0", "1.9", "0.9", "nightly", "1.9.0-rc1", "latest"] },
    ["d.io/app:1.9"],
  ],
  [
    "newest: what is older, and what is gone",
    "- { from: s.io/app, to: d.io/app, tags: { semver: '>=1.0.0', newest: 3 } }",
    { "s.io/app": ["1.0", "1.1", "1.2", "2.0"], "d.io/app": ["1.0", "1.1", "1.2", "1.5", "own"] },
    ["d.io/app:1.0", "d.io/app:1.5"],
  ],
  [
    "include names stay wanted, patterns of it govern",
    "- { from: s.io/app, to: d.io/app, tags: { include: [latest, 'edge-*'] } }",
    { "s.io/app": ["latest", "edge-2"], "d.io/app": ["latest", "edge-1", "edge-2", "1.0"] },
    ["d.io/app:edge-1"],
  ],
  [
    "listed tags and digests govern nothing",
    `- { from: 's.io/app:1.0', to: d.io/app }\n- { from: s.io/app, to: d.io/b, tags: ['1.0', '1.1'] }`,
    { "s.io/app": VERSIONS, "d.io/app": ["1.0", "0.9"], "d.io/b": ["0.9"] },
    [],
  ],
  [
    "what another rule wants stays, by whatever name",
    "- { from: s.io/app, to: d.io/app, tags: '/^1/' }\n- { from: 's.io/b:x', to: 'd.io/app:1.9' }\n- { from: s.io/b, to: d.io/app, tags: { match: ['1.8'] } }",
    { "s.io/app": VERSIONS, "s.io/b": ["x", "1.8"], "d.io/app": ["1.7", "1.8", "1.9"] },
    ["d.io/app:1.7"],
  ],
  [
    "tags of signatures are nobody's own",
    "- { from: s.io/app, to: d.io/app }\n- { from: s.io/app, to: d.io/b, referrers: false }",
    { "s.io/app": VERSIONS, "d.io/app": [SIGNATURE, `${SIGNATURE}.sig`], "d.io/b": [SIGNATURE, `${SIGNATURE}.att`] },
    [],
  ],
  [
    "a source without tags, or one that fails, takes nothing away, whatever other rules say",
    "- { from: s.io/none, to: d.io/app }\n- { from: s.io/app, to: [d.io/app, d.io/b] }",
    { "s.io/app": VERSIONS, "d.io/app": ["0.9"], "d.io/b": ["0.9"] },
    ["d.io/b:0.9"],
  ],
  [
    "a rule that chooses nothing takes nothing away",
    "- { from: s.io/app, to: d.io/app, tags: '/^v/' }\n- { from: s.io/app, to: d.io/app, tags: '/^2/' }",
    { "s.io/app": VERSIONS, "d.io/app": ["v1", "2.1"] },
    [],
  ],
  [
    "a repository that is mirrored to itself",
    "- { from: d.io/app, to: d.io/app, tags: { newest: 1 } }",
    { "d.io/app": VERSIONS },
    [],
  ],
  ["a destination that is not there yet", "- { from: s.io/app, to: d.io/app }", { "s.io/app": VERSIONS }, []],
];

for (const [name, mirrors, tags, extra] of CASES) {
  test(name, async () => {
    const found = await extras(mirrors, await places(tags));
    assert.deepEqual(shown(found), extra);
    assert.deepEqual(found.failed, []);
    for (const { digest } of found.removals) assert.equal(digest, image.root.digest);
  });
}

test("a tag that a list has lost, but the source has, is no extra", async () => {
  const at = await places({ "s.io/app": VERSIONS, "d.io/app": [...VERSIONS, "0.9"] });
  at({ registry: "s.io", repository: "app" }).unlisted = ["1.1", "latest"];
  assert.deepEqual(shown(await extras("- { from: s.io/app, to: d.io/app }", at)), ["d.io/app:0.9"]);
});

test("what stands in for a source proves nothing: the source itself is asked", async () => {
  const at = await places({ "s.io/app": VERSIONS, "d.io/app": VERSIONS, "stand.in/app": ["1.0"] });
  const source = () => at({ registry: "stand.in", repository: "app" });
  const expansion = await expand(rules("- { from: s.io/app, to: d.io/app }"), { source, destination: at });
  assert.deepEqual(shown(await findExtras(expansion, at)), []);
});

test("a destination that cannot be listed is a failure, and others go on", async () => {
  const at = await places({ "s.io/app": VERSIONS, "d.io/a": ["0.9"], "d.io/b": ["0.9"] });
  at({ registry: "d.io", repository: "a" }).isDown = true;
  const { failed, ...found } = await extras("- { from: s.io/app, to: [d.io/a, d.io/b] }", at);
  assert.deepEqual(shown({ failed, ...found }), ["d.io/b:0.9"]);
  assert.deepEqual(
    failed.map((outcome) => [
      outcome.source,
      outcome.destination,
      outcome.status === "failed" && [outcome.error.code, outcome.error.side],
    ]),
    [["s.io/app", "d.io/a", ["RATE_LIMITED", "destination"]]],
  );
});
