import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { randomImage, startDockerRegistry, startRegistry, type TestRegistry } from "../src/testing/index.ts";
import { type Ended, Workplace } from "./support/workplace.ts";

const TAGS: Readonly<Record<string, readonly string[]>> = {
  "library/alpine": ["3.9", "3.18", "3.19", "3.20", "edge", "latest"],
  "library/busybox": ["1.36", "1.37", "latest"],
  "team/app": ["1.0.0", "1.1.0", "1.1.0-rc.1", "2.0.0", "nightly"],
  "team/tool": ["v1", "v2"],
};

let source: TestRegistry;

before(async () => {
  source = await startRegistry();
  for (const [repository, tags] of Object.entries(TAGS)) {
    for (const tag of tags) await source.put(repository, await randomImage({ seed: `${repository}:${tag}` }), tag);
  }
});

after(() => source.close());

/** What a plan would copy, as `SOURCE → DESTINATION` without the hosts. */
function copies({ stdout }: Ended, from: string, to: string): readonly string[] {
  const outcomes = JSON.parse(stdout).plan.transfers.flatMap(
    (transfer: { source: string; reference: string; arrivals: readonly { destination: string; tag?: string }[] }) =>
      transfer.arrivals.map(
        ({ destination, tag }) => `${transfer.source}:${transfer.reference} → ${destination}:${tag ?? ""}`,
      ),
  );
  return outcomes.map((line: string) => line.replaceAll(from, "FROM").replaceAll(to, "TO")).sort();
}

test("regsync.yml: the plan of what was imported lists the copies that regsync makes", async () => {
  await using destination = await startRegistry();
  await using workplace = await Workplace.with({
    "regsync.yml": `version: 1
creds:
  - registry: ${source.host}
    tls: disabled
    reqConcurrent: 4
  - registry: ${destination.host}
    user: '{{env "MIRROR_USER"}}'
    pass: '{{env "MIRROR_PASSWORD"}}'
    tls: disabled
x-common: &nightly
  schedule: "15 3 * * *"
defaults:
  interval: 60m
  parallel: 2
sync:
  - source: ${source.host}/library/busybox
    target: ${destination.host}/busybox
    type: image
    <<: *nightly
  - source: ${source.host}/library/alpine
    target: ${destination.host}/mirror/alpine
    type: repository
    tags:
      allow: ["3.1[89]", "3.20", "latest"]
      deny: ["3.19"]
  - source: ${source.host}/team/app
    target: ${destination.host}/app
    type: repository
    tagSets:
      - semverRange: [">=1.1.0"]
        deny: [".*-rc.*"]
      - allow: ["nightly"]
  - source: ${source.host}/team/tool:v1
    target: ${destination.host}/tool:stable
    type: image
`,
  });
  const env = { MIRROR_USER: "robot", MIRROR_PASSWORD: "canary" };
  const imported = await workplace.slipway(["import", "regsync.yml"], { env });
  assert.equal(imported.code, 0, imported.stderr);
  for (const key of ["schedule", "interval", "parallel"]) {
    assert.match(imported.stderr, new RegExp(`regsync\\.yml:\\d+:\\d+: ${key} was not carried over`));
  }
  const plan = await workplace.slipway(["plan", "sync", "--json"], { env });
  assert.equal(plan.code, 0, plan.stderr);
  assert.deepEqual(copies(plan, source.host, destination.host), [
    "FROM/library/alpine:3.18 → TO/mirror/alpine:3.18",
    "FROM/library/alpine:3.20 → TO/mirror/alpine:3.20",
    "FROM/library/alpine:latest → TO/mirror/alpine:latest",
    "FROM/library/busybox:latest → TO/busybox:latest",
    "FROM/team/app:1.1.0 → TO/app:1.1.0",
    "FROM/team/app:2.0.0 → TO/app:2.0.0",
    "FROM/team/app:nightly → TO/app:nightly",
    "FROM/team/tool:v1 → TO/tool:stable",
  ]);
  assert.deepEqual(destination.repositories(), []);
  assert.doesNotMatch(imported.stdout + imported.stderr + plan.stdout + plan.stderr, /canary/);
});

test("skopeo's sync YAML: the plan of what was imported lists the copies that skopeo itself makes", async () => {
  await using peer = await startDockerRegistry();
  await using destination = await startRegistry();
  await using workplace = await Workplace.with({
    "skopeo.yml": `${source.host}:
  images:
    library/busybox: []
    team/tool:
      - v2
  images-by-tag-regex:
    library/alpine: ^3\\.(19|20)$
  images-by-semver:
    team/app: ">= 1.1.0"
  tls-verify: false
`,
  });
  const args = ["sync", "--src", "yaml", "--dest", "docker", "--dest-tls-verify=false", workplace.path("skopeo.yml")];
  await promisify(execFile)("skopeo", ["--insecure-policy", ...args, `${peer.host}/mirror`]);
  const made: string[] = [];
  // Debian's skopeo does not know images-by-semver yet and leaves team/app out.
  for (const name of ["busybox", "tool", "alpine"]) {
    const answer = await fetch(`${peer.origin}/v2/mirror/${name}/tags/list`);
    const { tags }: { tags: readonly string[] } = JSON.parse(await answer.text());
    made.push(...tags.map((tag) => `TO/mirror/${name}:${tag}`));
  }

  const imported = await workplace.slipway(["import", "skopeo.yml", "--to", `${destination.host}/mirror`]);
  assert.equal(imported.code, 0, imported.stderr);
  const plan = await workplace.slipway(["plan", "sync", "--json"]);
  assert.equal(plan.code, 0, plan.stderr);
  const planned = copies(plan, source.host, destination.host);
  const destinations = planned.map((line) => line.replace(/^.* → /, ""));
  assert.deepEqual(destinations.filter((to) => !to.includes("/app:")).sort(), made.sort());
  assert.deepEqual(planned, [
    "FROM/library/alpine:3.19 → TO/mirror/alpine:3.19",
    "FROM/library/alpine:3.20 → TO/mirror/alpine:3.20",
    "FROM/library/busybox:1.36 → TO/mirror/busybox:1.36",
    "FROM/library/busybox:1.37 → TO/mirror/busybox:1.37",
    "FROM/library/busybox:latest → TO/mirror/busybox:latest",
    "FROM/team/app:1.1.0 → TO/mirror/app:1.1.0",
    "FROM/team/app:2.0.0 → TO/mirror/app:2.0.0",
    "FROM/team/tool:v2 → TO/mirror/tool:v2",
  ]);
});
