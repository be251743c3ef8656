import assert from "node:assert/strict";
import { test } from "node:test";
import { modernArguments } from "./legacy-names.ts";

const cases: readonly (readonly [string, string])[] = [
  ["Download", "download"],
  ["Extract", "unpack"],
  ["DockerBuild --for 1.2.3", "build --for 1.2.3"],
  ["DockerPush", "push --primary"],
  ["DockerPushAll", "push"],
  ["DockerPushAliyun", "push Aliyun"],
  ["--json DockerPushAzure --dry-run", "--json push Azure --dry-run"],
  ["GitHubRelease 1.2.3", "github-release 1.2.3"],
  ["Release 1.2.3", "release 1.2.3"],
  ["release 1.2.3", "release 1.2.3"],
  ["push DockerHub", "push DockerHub"],
];

for (const [old, modern] of cases) {
  test(`slipway ${old} is slipway ${modern}`, () => {
    assert.deepEqual(modernArguments(old.split(" ")), modern.split(" "));
  });
}
