import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runInTest } from "../run-in-test.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-targets-"));
});
after(() => rm(folder, { recursive: true }));

function slipway(environment: NodeJS.ProcessEnv, ...argv: readonly string[]) {
  return runInTest(folder, environment, argv);
}

/** A project with a configuration that wants secrets nobody has. */
async function project(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  const config = join(path, "slipway.yaml");
  await writeFile(
    config,
    `version: 1
registries:
  hub: { image: docker.io/o/app, username: "\${HUB_USER}", password: "\${HUB_PASSWORD}" }
  docker-two: { image: "two.example/o/app", required: false }
source: { azureBlob: "\${AZURE_BLOB_SAS_URL}", package: "app-{{version}}.zip", unpack: app }
hosts: { two.example: { cert: gone.pem, key: gone.key } }
release: {}
`,
  );
  return config;
}

test("targets: drawn without secrets, on stdout", async () => {
  const { exit, out, err } = await slipway({}, "targets", "-c", await project("plain"));
  assert.deepEqual([exit, err], [0, ""]);
  assert.equal(
    out,
    `●    download         from Azure Blob Storage: app-{{version}}.zip
│
●    unpack           into app
│
●    build            with Dockerfile
├─╮
● │  push hub         docker.io/o/app (primary)
│ ○  push docker-two  two.example/o/app (optional)
├─╯
●    push             the same digest everywhere
│
●    github-release   the repository on GitHub: draft, assets, publish
│
●    release          latest: last, and only forward
`,
  );
});

test("targets: where Actions run, the release is in their repository", async () => {
  const config = await project("actions");
  const { out } = await slipway({ GITHUB_REPOSITORY: "o/app" }, "targets", "-c", config, "--lang", "zh-CN");
  assert.match(out, /github-release {3}o\/app：草稿、附件、发布/);
});

test("targets: a project that comes from Nuke sees its old names", async () => {
  const config = await project("nuke");
  await mkdir(join(folder, "nuke", ".nuke"));
  const { out } = await slipway({}, "targets", "-c", config);
  assert.match(out, /^● {4}build {12}DockerBuild {2,}with Dockerfile$/m);
  assert.match(out, /^● │ {2}push hub {9}DockerPush {2,}docker\.io/m);
  assert.match(out, /\n\nBeside the names .*`slipway Download`\n$/);
});

test("targets: as data, with every old name", async () => {
  const { out } = await slipway({}, "targets", "-c", await project("json"), "--json");
  const report: { targets: readonly Record<string, unknown>[] } = JSON.parse(out);
  assert.deepEqual(
    report.targets.map(({ name, aliases }) => [name, aliases]),
    [
      ["download", ["Download"]],
      ["unpack", ["Extract"]],
      ["build", ["DockerBuild"]],
      ["push hub", ["DockerPush", "DockerPushHub"]],
      ["push docker-two", ["DockerPushDockerTwo"]],
      ["push", ["DockerPushAll"]],
      ["github-release", ["GitHubRelease"]],
      ["release", ["Release"]],
    ],
  );
  assert.deepEqual(report.targets[4], {
    name: "push docker-two",
    needs: ["build"],
    command: "slipway push docker-two",
    required: false,
    aliases: ["DockerPushDockerTwo"],
    note: { key: "targets.push.optional", facts: { repository: "two.example/o/app" } },
    text: "two.example/o/app (optional)",
  });
});

test("targets: as Mermaid, and not as two things at once", async () => {
  const config = await project("mermaid");
  const { out } = await slipway({}, "targets", "-c", config, "--mermaid");
  assert.match(out, /^flowchart LR\n {2}t0\["download"\]\n/);
  const both = await slipway({}, "targets", "-c", config, "--mermaid", "--json");
  assert.equal(both.exit, 2);
});

test("targets: what is wrong with the configuration is an error of usage", async () => {
  const config = join(folder, "bad.yaml");
  await writeFile(config, "version: 1\nregistries: { a: { image: nowhere } }\n");
  const { exit, out, err } = await slipway({}, "targets", "-c", config);
  assert.deepEqual([exit, out], [2, ""]);
  assert.match(err, /bad\.yaml:2:/);
});
