import assert from "node:assert/strict";
import { test } from "node:test";
import type { Publishing } from "../config/slipway/load-config.ts";
import { parseFlavor, parseTagRule, type Surroundings } from "../metadata/index.ts";
import { type Edition, editionOf, layoutTag } from "./edition.ts";

const REVISION = "1f6c2e9b07d84a35c1e0f9a2b7d6483c5e1a0f42";
const HERE: Surroundings = {
  now: new Date("2026-01-21T08:30:00Z"),
  commitDate: new Date("2026-01-21T08:00:00Z"),
  revision: REVISION,
  defaultBranch: "main",
};
const tagged = (version: string): Surroundings => ({
  ...HERE,
  version,
  event: "tag",
  ref: { kind: "tag", name: `v${version}` },
});
const onBranch = (name: string): Surroundings => ({ ...HERE, event: "push", ref: { kind: "branch", name } });
const onPull: Surroundings = { ...HERE, event: "pull-request", ref: { kind: "pull", number: 7 }, baseRef: "main" };
const rules = (...tags: readonly string[]): Publishing => ({ tags: tags.map(parseTagRule) });

const CASES: readonly {
  readonly what: string;
  readonly publishing: Publishing;
  readonly surroundings: Surroundings;
  readonly fixed: readonly string[];
  readonly floating: readonly string[];
  readonly moving: readonly string[];
  readonly layout: string;
}[] = [
  {
    what: "the usual rules, a version",
    publishing: {},
    surroundings: tagged("1.2.3"),
    fixed: ["1.2.3"],
    floating: ["latest"],
    moving: [],
    layout: "1.2.3",
  },
  {
    what: "the usual rules, a prerelease",
    publishing: {},
    surroundings: tagged("1.2.3-rc.1"),
    fixed: ["1.2.3-rc.1"],
    floating: [],
    moving: [],
    layout: "1.2.3-rc.1",
  },
  {
    what: "the usual rules, a branch",
    publishing: {},
    surroundings: onBranch("main"),
    fixed: [],
    floating: [],
    moving: ["main"],
    layout: "main",
  },
  {
    what: "the usual rules, a pull request",
    publishing: {},
    surroundings: onPull,
    fixed: [],
    floating: [],
    moving: ["pr-7"],
    layout: "pr-7",
  },
  {
    what: "lines",
    publishing: rules("{{version}}", "{{major}}.{{minor}}", "{{major}}", "latest"),
    surroundings: tagged("1.2.3"),
    fixed: ["1.2.3"],
    floating: ["1.2", "1", "latest"],
    moving: [],
    layout: "1.2.3",
  },
  {
    what: "lines, a prerelease",
    publishing: rules("{{version}}", "{{major}}.{{minor}}", "latest"),
    surroundings: tagged("2.0.0-rc.1"),
    fixed: ["2.0.0-rc.1"],
    floating: [],
    moving: [],
    layout: "2.0.0-rc.1",
  },
  {
    what: "a commit's own tag",
    publishing: rules("type=sha", "type=ref,event=branch"),
    surroundings: onBranch("feature/x"),
    fixed: ["sha-1f6c2e9"],
    floating: [],
    moving: ["feature-x"],
    layout: "sha-1f6c2e9",
  },
  {
    what: "a suffix",
    publishing: { ...rules("{{version}}", "latest"), flavor: parseFlavor(["suffix=-alpine,onlatest=true"]) },
    surroundings: tagged("1.2.3"),
    fixed: ["1.2.3-alpine"],
    floating: ["latest-alpine"],
    moving: [],
    layout: "1.2.3-alpine",
  },
  {
    what: "a version with a build",
    publishing: {},
    surroundings: tagged("1.2.3+b7"),
    fixed: ["1.2.3-b7"],
    floating: ["latest"],
    moving: [],
    layout: "1.2.3-b7",
  },
  {
    what: "nothing that the rules give a tag for",
    publishing: rules("{{version}}"),
    surroundings: onBranch("main"),
    fixed: [],
    floating: [],
    moving: [],
    layout: "latest",
  },
];

for (const { what, publishing, surroundings, ...expected } of CASES) {
  test(`an edition: ${what}`, () => {
    const edition = editionOf(publishing, surroundings);
    const names = (tags: Edition["floating"]) => tags.map(({ name }) => name);
    const { fixed, floating, moving } = edition;
    const found = { fixed, floating: names(floating), moving: names(moving), layout: layoutTag(edition) };
    assert.deepEqual(found, expected);
  });
}

test("labels and times are the commit's, so that the same commit gives the same image", () => {
  const publishing: Publishing = { labels: { "org.example.tag": "{{version}}" } };
  const edition = editionOf(publishing, tagged("1.2.3"));
  assert.deepEqual(edition, editionOf(publishing, { ...tagged("1.2.3"), now: new Date("2027-01-01T00:00:00Z") }));
  assert.equal(edition.created.toISOString(), "2026-01-21T08:00:00.000Z");
  assert.deepEqual(edition.labels, {
    "org.example.tag": "1.2.3",
    "org.opencontainers.image.created": "2026-01-21T08:00:00.000Z",
    "org.opencontainers.image.revision": REVISION,
    "org.opencontainers.image.version": "1.2.3",
  });
});

test("without a checkout nothing is made up", () => {
  const edition = editionOf({}, { now: new Date(), version: "1.2.3" });
  assert.equal(edition.revision, undefined);
  assert.equal(edition.created.getTime(), 0);
  assert.deepEqual(edition.labels, { "org.opencontainers.image.version": "1.2.3" });
});

test("a rule that gives no tag is told", () => {
  const { warnings, fixed } = editionOf(
    rules("{{version}}", "type=semver,pattern={{version}},value=next"),
    tagged("1.2.3"),
  );
  assert.deepEqual(fixed, ["1.2.3"]);
  assert.deepEqual(
    warnings.map(({ kind, text }) => [kind, text]),
    [["version-invalid", "next"]],
  );
});
