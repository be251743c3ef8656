import assert from "node:assert/strict";
import { test } from "node:test";
import { legacyNamesOf, modernArguments } from "./legacy-names.ts";

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

const names: readonly (readonly [string, boolean, readonly string[]])[] = [
  ["slipway build", false, ["DockerBuild"]],
  ["slipway push", false, ["DockerPushAll"]],
  ["slipway push docker-hub", true, ["DockerPush", "DockerPushDockerHub"]],
  ["slipway push aliyun", false, ["DockerPushAliyun"]],
  ["slipway push all", false, []],
  ["slipway push 阿里云", false, []],
  ["slipway verify", false, []],
];

for (const [command, isPrimary, expected] of names) {
  test(`${command} was ${expected.join(" and ") || "nothing"}${isPrimary ? " of the primary" : ""}`, () => {
    assert.deepEqual(legacyNamesOf(command, isPrimary), expected);
  });
}
