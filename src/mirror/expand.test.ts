import assert from "node:assert/strict";
import { test } from "node:test";
import { type HostSettings, type MirrorRule, problemsOf } from "../config/index.ts";
import { readConfig } from "../config/slipway/load-config.ts";
import { type Reference, repositoryOf } from "../oci/reference.ts";
import type { HostOptions } from "../registry/options.ts";
import { MemoryTarget } from "../target/memory.ts";
import { failure, SlipwayError } from "../words/error.ts";
import { type Expansion, expand, type Targets } from "./expand.ts";

/** Lists these tags, two a page, and counts how often it is asked. */
class Listed extends MemoryTarget {
  asked = 0;
  readonly #tags: readonly string[] | SlipwayError;

  constructor(name: string, tags: readonly string[] | SlipwayError) {
    super(name);
    this.#tags = tags;
  }

  override async *tags(): AsyncGenerator<readonly string[]> {
    this.asked += 1;
    if (this.#tags instanceof SlipwayError) throw this.#tags;
    for (let at = 0; at < this.#tags.length; at += 2) yield this.#tags.slice(at, at + 2);
  }
}

function rules(mirrors: string): readonly MirrorRule[] {
  const text = `version: 1\nmirrors:\n${mirrors.replace(/^/gm, "  ")}\n`;
  return readConfig({ file: "slipway.yaml", text }, { variable: () => undefined, file: () => "" }).rules;
}

const SIGNATURE = `sha256-${"a".repeat(64)}`;

function world() {
  const sources = new Map<string, Listed>(
    [
      new Listed("s.io/app", ["1.0", "1.1", "2.0", "latest", SIGNATURE]),
      new Listed("s.io/empty", []),
      new Listed("s.io/down", failure("RATE_LIMITED", { host: "s.io", operation: "tags", detail: "" })),
    ].map((source) => [source.name, source]),
  );
  const made: string[] = [];
  const targets: Targets = {
    source: (reference: Reference) => sources.get(repositoryOf(reference)) ?? new Listed(repositoryOf(reference), []),
    destination: (reference: Reference) => {
      made.push(repositoryOf(reference));
      return new MemoryTarget(repositoryOf(reference));
    },
  };
  return { sources, made, targets };
}

function shown({ requests }: Expansion): readonly string[] {
  return requests.map(({ source, reference, destinations, platforms, referrers }) => {
    const where = destinations.map(({ target, tag }) => `${target.name}${tag === undefined ? "" : `:${tag}`}`);
    const extra = `${platforms === undefined ? "" : " some platforms"}${referrers ? "" : " alone"}`;
    return `${source.name} ${reference} → ${where.join(", ")}${extra}`;
  });
}

const digest = `sha256:${"c".repeat(64)}`;
const RULES: readonly (readonly [name: string, mirrors: string, requests: readonly string[]])[] = [
  [
    "names are not listed",
    "- { from: 's.io/unlisted:1,2', to: d.io/a }",
    ["s.io/unlisted 1 → d.io/a:1", "s.io/unlisted 2 → d.io/a:2"],
  ],
  ["tags pair", "- { from: 's.io/app:1,2', to: 'd.io/a:x,y' }", ["s.io/app 1 → d.io/a:x", "s.io/app 2 → d.io/a:y"]],
  ["a digest goes by digest", `- { from: 's.io/app@${digest}', to: d.io/a }`, [`s.io/app ${digest} → d.io/a`]],
  ["a digest gets a tag", `- { from: 's.io/app@${digest}', to: 'd.io/a:1' }`, [`s.io/app ${digest} → d.io/a:1`]],
  ["a digest keeps its tag", `- { from: 's.io/app:9@${digest}', to: d.io/a }`, [`s.io/app ${digest} → d.io/a:9`]],
  [
    "all tags, those of referrers travelling with their images",
    "- { from: s.io/app, to: d.io/a }",
    [
      "s.io/app 1.0 → d.io/a:1.0",
      "s.io/app 1.1 → d.io/a:1.1",
      "s.io/app 2.0 → d.io/a:2.0",
      "s.io/app latest → d.io/a:latest",
    ],
  ],
  [
    "without referrers, their tags are tags like others",
    "- { from: s.io/app, to: d.io/a, referrers: false, tags: { match: 'sha*' } }",
    [`s.io/app ${SIGNATURE} → d.io/a:${SIGNATURE} alone`],
  ],
  [
    "M1: one source, many destinations, one request, whichever rules they are from",
    "- { from: 's.io/app:1.0', to: [d.io/a, e.io/a] }\n- { from: s.io/app, to: f.io/a, tags: { semver: ^1 } }",
    ["s.io/app 1.0 → d.io/a:1.0, e.io/a:1.0, f.io/a:1.0", "s.io/app 1.1 → f.io/a:1.1"],
  ],
  [
    "what is wanted twice is sent once",
    "- { from: 's.io/app:1.0', to: [d.io/a, d.io/a] }\n- { from: 's.io/app:1.0', to: d.io/a }",
    ["s.io/app 1.0 → d.io/a:1.0"],
  ],
  [
    "other platforms are another request",
    "- { from: 's.io/app:1', to: d.io/a }\n- { from: 's.io/app:1', to: e.io/a, platforms: [linux/arm64] }",
    ["s.io/app 1 → d.io/a:1", "s.io/app 1 → e.io/a:1 some platforms"],
  ],
];

for (const [name, mirrors, requests] of RULES) {
  test(`mirror: ${name}`, async () => {
    const { targets } = world();
    const expansion = await expand(rules(mirrors), targets);
    assert.deepEqual(shown(expansion), requests);
    assert.deepEqual([expansion.failed, expansion.notices], [[], []]);
  });
}

test("each source is listed once, and each target made once", async () => {
  const { sources, made, targets } = world();
  const written =
    "- { from: s.io/app, to: d.io/a }\n- { from: 's.io/app:/^1/', to: e.io/a }\n- { from: 's.io/empty:1', to: d.io/e }";
  const { requests } = await expand(rules(written), targets);
  assert.equal(sources.get("s.io/app")?.asked, 1);
  assert.equal(sources.get("s.io/empty")?.asked, 0);
  assert.deepEqual(made.toSorted(), ["d.io/a", "d.io/e", "e.io/a"]);
  assert.equal(requests[0]?.destinations[0]?.target, requests[1]?.destinations[0]?.target);
});

test("a pattern that means nothing is a notice", async () => {
  const { failed, notices, requests } = await expand(rules("- { from: 's.io/app:/^9/', to: d.io/a }"), world().targets);
  assert.deepEqual([failed, requests], [[], []]);
  assert.deepEqual(notices, [
    { key: "notice.nothing-matched", facts: { where: "slipway.yaml:3:5", source: "s.io/app" } },
  ]);
});

test("a source that cannot be listed fails for each of its destinations, and nothing else does", async () => {
  const written =
    "- { from: s.io/down, to: [d.io/a, e.io/a] }\n- { from: s.io/empty, to: d.io/b }\n- { from: 's.io/app:/^2/', to: d.io/c }";
  const { failed, requests } = await expand(rules(written), world().targets);
  assert.deepEqual(
    failed.map((outcome) => {
      const error = outcome.status === "failed" ? outcome.error : undefined;
      return [outcome.source, outcome.destination, error?.code, error?.side];
    }),
    [
      ["s.io/down", "d.io/a", "RATE_LIMITED", "source"],
      ["s.io/down", "e.io/a", "RATE_LIMITED", "source"],
      ["s.io/empty", "d.io/b", "MIRROR_SOURCE_EMPTY", "source"],
    ],
  );
  assert.equal(requests.length, 1);
});

const CONFLICTS: readonly (readonly [
  name: string,
  mirrors: string,
  said: readonly (readonly [string, string, string])[],
])[] = [
  [
    "two sources",
    "- { from: 's.io/app:1.0', to: 'd.io/a:x' }\n- { from: 's.io/other:2', to: 'd.io/a:x' }",
    [["d.io/a:x", "s.io/app:1.0 (slipway.yaml:3:5)", "s.io/other:2 (slipway.yaml:4:5)"]],
  ],
  [
    "two tags, and a digest",
    `- { from: 's.io/app:1,2', to: 'd.io/a:x,x' }\n- { from: 's.io/app@${digest}', to: 'd.io/a:x' }\n- { from: 's.io/app:3,4', to: 'd.io/b:y,y' }`,
    [
      ["d.io/a:x", "s.io/app:1 (slipway.yaml:3:5)", "s.io/app:2 (slipway.yaml:3:5)"],
      ["d.io/a:x", "s.io/app:1 (slipway.yaml:3:5)", `s.io/app@${digest} (slipway.yaml:4:5)`],
      ["d.io/b:y", "s.io/app:3 (slipway.yaml:5:5)", "s.io/app:4 (slipway.yaml:5:5)"],
    ],
  ],
  [
    "the same image with other platforms",
    "- { from: 's.io/app:1', to: d.io/a }\n- { from: 's.io/app:1', to: d.io/a, platforms: [linux/arm64] }",
    [["d.io/a:1", "s.io/app:1 (slipway.yaml:3:5)", "s.io/app:1 (slipway.yaml:4:5)"]],
  ],
];

for (const [name, mirrors, said] of CONFLICTS) {
  test(`one name for two images is an error before anything is sent: ${name}`, async () => {
    const expansion = expand(rules(mirrors), world().targets);
    await assert.rejects(expansion, (error) => {
      assert.ok(error instanceof SlipwayError);
      assert.deepEqual(
        problemsOf(error).map(({ code, facts }) => [code, facts.destination, facts.first, facts.second]),
        said.map((facts) => ["CONFIG_CONFLICT", ...facts]),
      );
      return true;
    });
  });
}

test("what the config says of a host is what the registry client takes", () => {
  const settings: HostSettings = { tls: false, insecure: true, ca: "PEM", concurrency: 2, rate: 1, chunkSize: 1 };
  const options: HostOptions = settings;
  assert.deepEqual(options, settings);
});
