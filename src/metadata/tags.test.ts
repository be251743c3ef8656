import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isTag } from "../oci/reference.ts";
import { parseFlavor } from "./flavor.ts";
import { parseTagRule } from "./parse-tag-rule.ts";
import {
  branch,
  dev,
  dispatched,
  master,
  nothingKnown,
  pull,
  releasing,
  SHA_OF_DEV,
  SHA_OF_MASTER,
  scheduled,
  tagged,
} from "./sample-surroundings.ts";
import type { Surroundings } from "./surroundings.ts";
import { tagsOf } from "./tags.ts";

const named = (surroundings: Surroundings, rules: readonly string[], flavor: readonly string[] = []) =>
  tagsOf(rules.map(parseTagRule), surroundings, parseFlavor(flavor));

const namesOf = (surroundings: Surroundings, rules: readonly string[], flavor: readonly string[] = []) =>
  named(surroundings, rules, flavor).tags.map(({ name }) => name);

type Row = readonly [
  name: string,
  on: Surroundings,
  rules: readonly string[],
  tags: readonly string[],
  flavor?: string[],
];

const SEMVER = ["type=semver,pattern={{version}}"];
const LINES = ["type=semver,pattern={{major}}.{{minor}}", "type=semver,pattern={{major}}"];
const CUSTOM = ["type=raw,my", "type=raw,custom", "type=raw,tags"];
const invalidCharacters = branch("my/feature@{1}", "983315b5e8d46e46fc4c49869e85e7ee5fb289ba");
const createdRelease: Surroundings = { ...tagged("v1.1.1"), event: "release", baseRef: undefined };
const target = pull(SHA_OF_MASTER);

/** What metadata-action's own tests expect, by their names there. */
const ROWS: readonly Row[] = [
  ["null01", nothingKnown, [], []],
  ["null02", nothingKnown, ["type=sha", "type=raw,{{branch}}"], []],
  ["push01", dev, [], ["dev"]],
  ["push02", master, ["type=edge"], ["edge"]],
  ["push03", master, [], ["master"]],
  ["push04", dispatched, ["type=edge"], ["edge"]],
  ["push07", dev, ["type=ref,event=branch", "type=sha"], ["dev", "sha-860c190"]],
  ["push08", master, ["type=edge", "type=sha"], ["edge", "sha-2665741"]],
  ["push09", dev, ["type=edge,branch=dev", "type=sha"], ["edge", "sha-860c190"]],
  ["push10", master, ["type=edge,branch=dev", "type=sha"], ["sha-2665741"]],
  ["push11", invalidCharacters, ["type=edge", "type=sha"], ["sha-983315b"]],
  ["push12", invalidCharacters, [...SEMVER, "type=pep440,pattern={{version}}", "type=edge"], []],
  ["push13", master, ["type=ref,priority=2000,event=branch", "type=edge"], ["master", "edge"]],
  [
    "push14",
    master,
    ["type=semver,pattern={{version}},value=v1.2.3", "type=pep440,pattern={{version}},value=v1.2.3", "type=edge"],
    ["1.2.3", "edge", "latest"],
  ],
  ["push15", master, ["type=match,pattern=v(.*),group=1,value=v1.2.3", "type=edge"], ["1.2.3", "edge", "latest"]],
  ["push16", master, ["type=match,enable=false,pattern=v(.*),group=1,value=v1.2.3", "type=edge"], ["edge"]],
  [
    "push17",
    master,
    [
      "type=raw,value=mytag-{{branch}}",
      "type=raw,value=mytag-{{date 'YYYYMMDD'}}",
      "type=raw,value=mytag-cd-{{commit_date 'YYYYMMDD'}}",
      "type=raw,value=mytag-{{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}",
      "type=raw,value=mytag-tag-{{tag}}",
      "type=raw,value=mytag-baseref-{{base_ref}}",
      "type=raw,value=mytag-defbranch,enable={{is_default_branch}}",
    ],
    [
      "mytag-master",
      "mytag-20200110",
      "mytag-cd-20200110",
      "mytag-20200110-093000",
      "mytag-tag-",
      "mytag-baseref-",
      "mytag-defbranch",
    ],
  ],
  ["push18", dev, ["type=ref,event=branch", "type=sha,format=long"], ["dev", `sha-${SHA_OF_DEV}`]],
  [
    "push19",
    dev,
    [
      "type=edge,branch=master",
      "type=ref,event=branch,enable=false",
      "type=sha,format=long",
      "type=raw,value=defbranch,enable={{is_default_branch}}",
    ],
    [`sha-${SHA_OF_DEV}`],
  ],
  ["tag01", tagged("release1"), [], ["release1", "latest"]],
  ["tag02", tagged("20200110-RC2"), [], ["20200110-RC2", "latest"]],
  ["tag03", tagged("20200110-RC2"), ["type=match,pattern=\\d{8}"], ["20200110"], ["latest=false"]],
  ["tag04", tagged("20200110-RC2"), ["type=match,pattern=(.*)-RC,group=1"], ["20200110"], ["latest=false"]],
  ["tag05", tagged("v1.1.1"), ['type=match,"pattern=\\d.\\d.\\d"'], ["1.1.1", "latest"]],
  ["tag06", tagged("v1.1.1"), ['type=match,"pattern=^v(\\d.\\d.\\d)$",group=1'], ["1.1.1", "latest"]],
  [
    "tag07",
    tagged("v2.0.8-beta.67"),
    ['type=match,"pattern=\\d.\\d.\\d-(alpha|beta).\\d+"'],
    ["2.0.8-beta.67", "latest"],
  ],
  ["tag08", tagged("v2.0.8-beta.67"), ['type=match,"pattern=\\d.\\d"'], ["2.0", "latest"]],
  [
    "tag09",
    tagged("v2.0.8-beta.67"),
    ['type=match,"pattern=v(.*)-beta.(.*)",group=1', 'type=match,"pattern=v(.*)-beta.(.*)",group=2'],
    ["2.0.8", "67", "latest"],
  ],
  ["tag10", tagged("sometag"), ['type=match,"pattern=\\d.\\d"'], []],
  ["tag11", tagged("v1.1.1"), [...SEMVER, ...LINES], ["1.1.1", "1.1", "1", "latest"]],
  ["tag12", tagged("v1.1.1"), [...SEMVER, "type=semver,pattern={{major}}.{{minor}}.{{patch}}"], ["1.1.1", "latest"]],
  ["tag13", tagged("v2.0.8-beta.67"), LINES, ["2.0.8-beta.67"]],
  ["tag14", tagged("sometag"), ["type=ref,event=tag", ...SEMVER, ...LINES], ["sometag"], ["latest=false"]],
  [
    "tag15",
    tagged("v2.0.8-beta.67"),
    ["type=raw,priority=2000,foo", ...SEMVER, 'type=match,"pattern=\\d.\\d"'],
    ["foo", "2.0.8-beta.67", "2.0"],
  ],
  ["tag16", tagged("v1.1.1"), ["type=raw,priority=2000,foo", "type=ref,event=tag", "type=edge"], ["foo", "v1.1.1"]],
  [
    "tag17",
    tagged("p1/v1.0.0"),
    [
      'type=match,"pattern=/^v(\\d.\\d.\\d)$/ig",group=1',
      "type=match,pattern=\\d.\\d.\\d",
      "type=match,pattern=\\d.\\d",
      "type=ref,event=pr",
      "type=sha",
    ],
    ["1.0.0", "1.0", "sha-860c190", "latest"],
  ],
  [
    "tag18",
    tagged("p1/v1.0.0"),
    [
      "type=match,pattern=p1/v(\\d.\\d.\\d),group=1",
      "type=match,pattern=p1/v(\\d.\\d),group=1",
      "type=match,pattern=p1/v(\\d.\\d),group=3",
      "type=sha",
    ],
    ["1.0.0", "1.0", "sha-860c190", "latest"],
  ],
  [
    "tag19",
    tagged("p1/v1.0.0"),
    [
      "type=match,pattern=p1/v(\\d.\\d.\\d),group=1",
      "type=match,pattern=p1/v(\\d.\\d),group=1,suffix=",
      "type=ref,event=pr",
      "type=sha",
    ],
    ["1.0.0-dev", "1.0", "sha-860c190-dev", "latest"],
    ["suffix=-dev"],
  ],
  [
    "tag20",
    tagged("v1.1.1"),
    [
      "type=raw,{{tag}}-{{sha}}-foo",
      "type=raw,{{base_ref}}-foo",
      "type=raw,defbranch-foo,enable={{is_default_branch}}",
    ],
    ["v1.1.1-860c190-foo", "master-foo"],
  ],
  ["tag21", tagged("v1.1.1"), SEMVER, ["1.1.1-dev", "latest-dev"], ["suffix=-dev,onlatest=true"]],
  [
    "tag22",
    tagged("v1.1.1"),
    SEMVER,
    ["foo-1.1.1-dev", "foo-latest-dev"],
    ["prefix=foo-,onlatest=true", "suffix=-dev,onlatest=true"],
  ],
  [
    "tag23",
    tagged("v1.1.1"),
    ["type=pep440,pattern={{raw}}", "type=pep440,pattern={{major}}.{{minor}}"],
    ["v1.1.1", "1.1", "latest"],
  ],
  [
    "tag24",
    tagged("1.2"),
    ["type=pep440,pattern={{version}}", "type=pep440,pattern={{major}}.{{minor}}"],
    ["1.2", "latest"],
  ],
  [
    "tag25",
    tagged("1.1beta2"),
    ["type=pep440,pattern={{major}}.{{minor}}", "type=pep440,pattern={{major}}"],
    ["1.1b2"],
  ],
  [
    "tag26",
    tagged("1.0dev4"),
    ["type=pep440,pattern={{major}}.{{minor}}", "type=pep440,pattern={{major}}"],
    ["1.0.dev4"],
  ],
  [
    "tag27",
    tagged("1.2.3rc2"),
    ["raw", "version", "major"].map((word) => `type=pep440,pattern={{${word}}}`),
    ["1.2.3rc2"],
  ],
  [
    "tag28",
    tagged("v1.1.1"),
    ["{{version}}", "{{major}}.{{minor}}.{{patch}}", "{{major}}.{{minor}}", "{{major}}"].map(
      (pattern) => `type=pep440,pattern=${pattern}`,
    ),
    ["1.1.1", "1.1", "1", "latest"],
  ],
  ["tag29", tagged("1.2post1"), ["type=pep440,pattern={{version}}", "type=pep440,pattern={{major}}"], ["1.2.post1"]],
  [
    "tag30",
    tagged("sometag"),
    ["type=ref,event=tag", "type=pep440,pattern={{version}}"],
    ["sometag"],
    ["latest=false"],
  ],
  ["tag31", tagged("v2.0.8-beta.67"), ["type=semver,pattern={{raw}}"], ["v2.0.8-beta.67"]],
  [
    "tag32",
    tagged("v1.2.3rc2"),
    ["type=pep440,pattern={{raw}}", "type=pep440,pattern={{major}}.{{minor}}"],
    ["v1.2.3rc2", "1.2.3rc2"],
  ],
  ["latest01", tagged("release1"), ['type=match,"pattern=^release\\d{1,2}"'], ["release1", "latest"]],
  ["latest02", tagged("20200110-RC2"), ['type=match,"pattern=^\\d+-RC\\d{1,2}"'], ["20200110-RC2", "latest"]],
  ["latest03", tagged("20200110-RC2"), ["type=match,pattern=\\d{8}"], ["20200110", "latest"]],
  ["latest05", tagged("v1.1.1"), [], ["v1.1.1", "latest"]],
  ["latest06", tagged("v2.0.8-beta.67"), ['type=match,"pattern=\\d.\\d.\\d"'], ["2.0.8", "latest"]],
  ["latest07", tagged("v1.1.1"), ["type=ref,event=tag"], ["v1.1.1"], ["latest=false"]],
  ["pr01", pull(), [], ["pr-15"]],
  ["pr03", pull(), ["type=ref,event=pr", "type=sha"], ["pr-15", "sha-a9c8c58"]],
  ["pr04", pull(), ["type=sha,priority=2000", "type=ref,event=pr"], ["sha-a9c8c58", "pr-15"]],
  ["pr05", pull(), ["type=ref,event=pr"], ["pr-15-bal"], ["prefix=glo-", "suffix=-bal"]],
  ["pr06", pull(), ["type=ref,event=pr,prefix="], ["15-bal"], ["prefix=glo-", "suffix=-bal"]],
  [
    "pr09",
    target,
    ["type=ref,event=tag", "type=ref,event=pr", "type=ref,event=branch", "type=sha", "type=sha,format=long"],
    ["pr-15", "sha-2665741", `sha-${SHA_OF_MASTER}`],
  ],
  [
    "pr10",
    target,
    ["type=raw,value=mytag-{{base_ref}}", "type=raw,mytag-defbranch,enable={{is_default_branch}}"],
    ["mytag-master"],
  ],
  ["schedule01", scheduled, [], ["nightly", "master"]],
  [
    "schedule02",
    scheduled,
    ["type=schedule,pattern={{date 'YYYYMMDD'}}", "type=schedule,pattern=source-date-{{commit_date 'YYYY-MM-DD'}}"],
    ["20200110", "source-date-2020-01-10"],
  ],
  ["schedule03", scheduled, ["type=schedule,pattern={{date 'YYYYMMDD-HHmmss'}}"], ["20200110-003000"]],
  ["schedule05", scheduled, ["type=schedule", "type=sha"], ["nightly", "sha-860c190"]],
  [
    "schedule06",
    scheduled,
    ["type=schedule", "type=sha,priority=2000", "type=raw,value=defbranch,enable={{is_default_branch}}"],
    ["sha-860c190", "nightly", "defbranch"],
  ],
  ["schedule07", scheduled, ["type=schedule"], ["glo-nightly-bal"], ["prefix=glo-", "suffix=-bal"]],
  [
    "schedule08",
    scheduled,
    [
      "type=schedule,pattern={{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}",
      "type=schedule,pattern=src-{{commit_date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}",
    ],
    ["20200110-093000", "src-20200110-093000"],
  ],
  ["release01", createdRelease, [], ["v1.1.1", "latest"]],
  [
    "release02",
    createdRelease,
    [
      "type=ref,event=tag",
      "type=raw,value=baseref-{{base_ref}}",
      "type=raw,value=defbranch,enable={{is_default_branch}}",
    ],
    ["v1.1.1", "baseref-", "latest"],
  ],
  ["raw01", dev, ["type=ref,event=branch", ...CUSTOM], ["dev", "my", "custom", "tags"]],
  ["raw03", tagged("release1"), ["type=ref,event=tag", ...CUSTOM], ["release1", "my", "custom", "tags", "latest"]],
  [
    "raw05",
    tagged("v1.1.1"),
    [...SEMVER, ...LINES, ...CUSTOM],
    ["1.1.1", "1.1", "1", "my", "custom", "tags", "latest"],
  ],
  ["raw06", tagged("v1.1.1"), CUSTOM, ["my", "custom", "tags"]],
  [
    "raw07",
    dev,
    ["type=ref,priority=90,event=branch", ...CUSTOM],
    ["my", "custom", "tags", "dev", "latest"],
    ["latest=true"],
  ],
  ["raw08", dev, ["type=match,pattern=\\d{8}", ...CUSTOM], ["my", "custom", "tags"], ["latest=false"]],
  [
    "raw09",
    dev,
    ["type=raw,my,prefix=foo-,suffix=-bar", "type=raw,custom"],
    ["foo-my-bar", "glo-custom-bal"],
    ["latest=false", "prefix=glo-", "suffix=-bal"],
  ],
  ["raw10", dev, ["type=raw,foo", "type=raw,bar,enable=false", "type=raw,baz,enable=true"], ["foo", "baz"]],
  // The tables of metadata-action's README: semver, pep440, match, ref, and `match` for versions.
  ["semver raw", tagged("v1.2.3"), ["type=semver,pattern={{raw}}"], ["v1.2.3", "latest"]],
  ["semver v{{major}}", tagged("v1.2.3"), ["type=semver,pattern=v{{major}}"], ["v1", "latest"]],
  ["semver minor", tagged("v1.2.3"), ["type=semver,pattern={{minor}}"], ["2", "latest"]],
  ["semver patch", tagged("v1.2.3"), ["type=semver,pattern={{patch}}"], ["3", "latest"]],
  ["semver prerelease", tagged("v2.0.8-beta.67"), SEMVER, ["2.0.8-beta.67"]],
  ["pep440 post", tagged("1.2.3post1"), ["type=pep440,pattern={{major}}.{{minor}}"], ["1.2.3.post1"]],
  ["pep440 beta", tagged("1.2.3beta2"), ["type=pep440,pattern={{major}}.{{minor}}"], ["1.2.3b2"]],
  ["pep440 v", tagged("v1.2.3"), ["type=pep440,pattern=v{{major}}"], ["v1", "latest"]],
  ["match group", tagged("v2.0.8-beta.67"), ["type=match,pattern=v(\\d.\\d),group=1"], ["2.0", "latest"]],
  ["match digits", tagged("20200110-RC2"), ["type=match,pattern=\\d+"], ["20200110", "latest"]],
  ["ref with a slash", branch("my/branch"), ["type=ref,event=branch"], ["my-branch"]],
  ["basic", branch("releases/v1"), [], ["releases-v1"]],
  ["basic prerelease", tagged("v2.0.8-beta.67"), [], ["v2.0.8-beta.67", "latest"]],
  ["branch in a prefix", branch("my/branch"), ["type=sha,prefix={{branch}}-"], ["my-branch-860c190"]],
  [
    "match for semver",
    tagged("release/v1.2.3"),
    ["type=semver,pattern={{version}},match=release/v(\\d+\\.\\d+\\.\\d+)$"],
    ["1.2.3", "latest"],
  ],
  ["major zero", tagged("v0.1.2"), [...SEMVER, "{{major}},enable={{is_default_branch}}"], ["0.1.2", "latest"]],
  [
    "long date",
    master,
    [`type=raw,value="{{date 'dddd, MMMM Do YYYY, h:mm:ss a'}}"`],
    ["Friday-January-10th-2020-12-30-00-am"],
  ],
  ["latest of the default branch", master, ["type=raw,value=latest,enable={{is_default_branch}}"], ["latest"]],
  ["not the default branch", dev, ["type=raw,value=side,enable={{is_not_default_branch}}"], ["side"]],
  // What Slipway adds: rules written as the tag, and versions that are told rather than tagged.
  ["short", releasing("1.2.3"), ["{{version}}", "{{major}}.{{minor}}", "latest"], ["1.2.3", "1.2", "latest"]],
  ["short, v", releasing("v1.2.3"), ["v{{version}}", "{{raw}}"], ["v1.2.3", "latest"]],
  ["short, prerelease", releasing("2.0.0-rc.1"), ["{{version}}", "{{major}}", "latest"], ["2.0.0-rc.1"]],
  ["short on a branch", dev, ["{{version}}", "{{branch}}", "sha-{{sha}}", "latest"], ["dev", "sha-860c190"]],
  ["short date", dev, ["nightly-{{date 'YYYYMMDD'}}"], ["nightly-20200110"]],
  ["latest alone", releasing("1.2.3"), ["latest"], ["latest"]],
  ["latest by a rule", releasing("1.2.3"), ["{{version}}", "latest"], ["1.2.3", "latest"], ["latest=false"]],
  ["latest with a suffix", releasing("1.2.3"), ["latest", "{{version}}"], ["1.2.3-a", "latest"], ["suffix=-a"]],
  ["latest goes last", releasing("1.2.3"), ["type=raw,value=latest", "{{version}}", "x"], ["1.2.3", "x", "latest"]],
  [
    "a version and a tag",
    { ...tagged("v1.2.3"), version: "1.2.3" },
    ["{{raw}}", "type=match,pattern=v.*"],
    ["1.2.3", "v1.2.3", "latest"],
  ],
  ["build metadata", releasing("1.2.3+build.7"), ["{{version}}", "{{major}}"], ["1.2.3-build.7", "1", "latest"]],
  ["a quoted value", dev, ['type=raw,value="a,b"'], ["a-b"]],
  ["the same order for the same priority", dev, ["b", "a", "type=raw,value=c,priority=200"], ["b", "a", "c"]],
  ["each once, where it came first", dev, ["a", "b", "a"], ["a", "b"]],
  ["an ampersand is not escaped", branch("a&b"), ["{{branch}}"], ["a-b"]],
];

for (const [name, on, rules, tags, flavor] of ROWS) {
  test(`tags: ${name}`, () => {
    const { version, tags: given } = named(on, rules, flavor);
    assert.deepEqual(
      given.map((tag) => tag.name),
      tags,
    );
    assert.equal(version, tags[0]);
  });
}

const V = { kind: "version" };
const LATEST = { kind: "floating", line: "latest" };
const OTHER = { kind: "floating", line: "other" };
const BRANCH = { kind: "floating", line: "branch" };
const line = (major: number, minor?: number) => ({
  kind: "floating",
  line: { major, ...(minor !== undefined && { minor }) },
});

const MEANINGS: readonly (readonly [on: Surroundings, rule: string, name: string, meaning: object])[] = [
  [releasing("1.2.3"), "{{version}}", "1.2.3", V],
  [releasing("1.2.3"), "{{raw}}", "1.2.3", V],
  [releasing("1.2.3"), "{{major}}.{{minor}}.{{patch}}", "1.2.3", V],
  [releasing("1.2.3"), "{{version}}-{{date 'YYYY'}}", "1.2.3-2020", V],
  [releasing("1.2.3"), "{{major}}.{{minor}}", "1.2", line(1, 2)],
  [releasing("1.2.3"), "v{{major}}", "v1", line(1)],
  [releasing("1.2.3"), "{{minor}}", "2", OTHER],
  [releasing("1.2.3"), "latest", "latest", LATEST],
  [releasing("1.2.3"), "type=raw,value=latest", "latest", LATEST],
  [releasing("1.2.3"), "stable", "stable", OTHER],
  [releasing("1.2.3"), "type=raw,value=1.2.3", "1.2.3", V],
  [releasing("1.2.3"), "sha-{{sha}}", "sha-860c190", { kind: "revision" }],
  [releasing("1.2.3"), "{{major}}-{{sha}}", "1-860c190", { kind: "revision" }],
  [releasing("1.2.3"), "type=sha", "sha-860c190", { kind: "revision" }],
  [releasing("2.0.0-rc.1"), "{{major}}", "2.0.0-rc.1", V],
  [tagged("v1.2.3"), "type=ref,event=tag", "v1.2.3", V],
  [tagged("server/v1.2.3"), "type=ref,event=tag", "server-v1.2.3", V],
  [tagged("nightly"), "type=ref,event=tag", "nightly", OTHER],
  [tagged("v1"), "type=ref,event=tag", "v1", OTHER],
  [tagged("v1.2.3"), "type=match,pattern=\\d+\\.\\d+\\.\\d+", "1.2.3", V],
  [tagged("v1.2.3"), "type=match,pattern=\\d+\\.\\d+", "1.2", line(1, 2)],
  [tagged("v1.2.3"), "type=match,pattern=\\d+", "1", line(1)],
  [tagged("v2.0.8-rc.1"), "type=match,pattern=\\d.\\d.\\d", "2.0.8", OTHER],
  [tagged("20200110-RC2"), "type=match,pattern=\\d{8}", "20200110", OTHER],
  [tagged("1.2"), "type=pep440,pattern={{version}}", "1.2", V],
  [tagged("v7"), "type=pep440,pattern=v{{major}}", "v7", OTHER],
  [tagged("1.2.3.4"), "type=pep440,pattern={{major}}.{{minor}}.{{patch}}", "1.2.3", OTHER],
  [master, "type=raw,value=latest", "latest", OTHER],
  [master, "type=edge", "edge", BRANCH],
  [dev, "type=ref,event=branch", "dev", BRANCH],
  [pull(), "type=ref,event=pr", "pr-15", OTHER],
  [scheduled, "type=schedule", "nightly", OTHER],
];

for (const [on, rule, name, meaning] of MEANINGS) {
  test(`${rule} on ${on.version ?? JSON.stringify(on.ref)} means ${JSON.stringify(meaning)}`, () => {
    assert.deepEqual(named(on, [rule], ["latest=false"]).tags[0], { name, ...meaning });
  });
}

test("of two meanings of a name, the stricter holds", () => {
  const rules = [
    "type=raw,value=1.2,priority=950",
    "type=pep440,pattern={{major}}.{{minor}}",
    "type=pep440,pattern={{version}}",
  ];
  assert.deepEqual(named(tagged("1.2"), rules, ["latest=false"]).tags, [{ name: "1.2", kind: "version" }]);
});

test("what stands around versions is told to the tags that move among them", () => {
  const around = { prefix: "", suffix: "-alpine" };
  assert.deepEqual(named(releasing("1.2.3"), ["{{version}}", "{{major}}", "x"], ["suffix=-alpine"]).tags, [
    { name: "1.2.3-alpine", kind: "version" },
    { name: "1-alpine", ...line(1), around },
    { name: "x-alpine", ...OTHER },
    { name: "latest", ...LATEST, around },
  ]);
});

test("the release is the version among which tags move", () => {
  const table: readonly (readonly [Surroundings, string | undefined])[] = [
    [releasing("v1.2.3"), "1.2.3"],
    [tagged("server/v2.0.0-rc.1"), "2.0.0-rc.1"],
    [{ ...tagged("v1.0.0"), version: "3.0.0" }, "3.0.0"],
    [tagged("release1"), undefined],
    [tagged("v7"), undefined],
    [dev, undefined],
  ];
  for (const [on, release] of table) assert.equal(named(on, ["x", "type=pep440,pattern={{major}}"]).release, release);
  assert.equal(named(master, ["type=semver,pattern={{major}},value=v4.5.6"]).release, "4.5.6");
});

const WARNINGS: readonly (readonly [on: Surroundings, rule: string, kind: string, text: string])[] = [
  [tagged("p1/v1.0.0"), "{{version}}", "version-invalid", "p1-v1.0.0"],
  [releasing("1.2"), "{{version}}", "version-invalid", "1.2"],
  [tagged("v1.0"), "type=pep440,pattern={{version}},value=x", "version-invalid", "x"],
  [tagged("v1"), "type=match,pattern=x", "match-failed", "v1"],
  [tagged("v1"), "type=match,pattern=v,group=3", "group-missing", "v1"],
  [branch(".hidden"), "{{branch}}", "tag-invalid", ".hidden"],
  [branch("b".repeat(129)), "{{branch}}", "tag-invalid", "b".repeat(129)],
];

for (const [on, rule, kind, text] of WARNINGS) {
  test(`${rule} of ${text.slice(0, 20)} gives no tag and a warning: ${kind}`, () => {
    const { tags, warnings, version } = named(on, [rule]);
    assert.deepEqual([tags, warnings, version], [[], [{ kind, rule, text }], undefined]);
  });
}

test("a failed match of a version is told, and the whole is tried", () => {
  const { tags, warnings } = named(tagged("v1.2.3"), ["type=semver,pattern={{version}},match=x(.*)"], ["latest=false"]);
  assert.deepEqual(tags, [{ name: "1.2.3", kind: "version" }]);
  assert.deepEqual(
    warnings.map(({ kind }) => kind),
    ["match-failed"],
  );
});

test("enable has to come out as true or false", () => {
  assert.throws(() => named(dev, ["x,enable={{branch}}"]), {
    code: "TAG_RULE_INVALID",
    message: 'not a rule for tags: x,enable={{branch}} (enable is "dev", neither true nor false)',
  });
});

test("a commit date that is not known is now", () => {
  const on = { now: new Date("2021-02-03T00:00:00Z") };
  assert.deepEqual(namesOf(on, ["{{commit_date 'YYYYMMDD'}}"]), ["20210203"]);
});

test("whatever the facts, tags are tags, each once, and the same again", () => {
  const rules = ["{{version}}", "{{major}}", "latest", "{{branch}}-{{tag}}", "type=sha", "type=ref,event=branch", "x"];
  const ref = fc.oneof(
    fc.record({ kind: fc.constant("branch" as const), name: fc.string() }),
    fc.record({ kind: fc.constant("tag" as const), name: fc.string() }),
  );
  const version = fc.oneof(fc.string(), fc.constantFrom("1.2.3", "v2.0.0-rc.1", "1.0.0+x"));
  fc.assert(
    fc.property(ref, version, fc.shuffledSubarray(rules), (ref, version, some) => {
      const on = { now: new Date(0), ref, version };
      const names = namesOf(on, ["x", ...some]);
      assert.deepEqual(
        names.filter((name) => !isTag(name)),
        [],
      );
      assert.equal(new Set(names).size, names.length);
      assert.deepEqual(namesOf(on, ["x", ...some]), names);
      if (names.includes("latest")) assert.equal(names.at(-1), "latest");
    }),
    { seed: 7, numRuns: 1000 },
  );
});
