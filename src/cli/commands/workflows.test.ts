import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startGitHub } from "../../testing/index.ts";
import { runInTest } from "../run-in-test.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-workflows-"));
});
after(() => rm(folder, { recursive: true }));

function slipway(environment: NodeJS.ProcessEnv, ...argv: readonly string[]) {
  return runInTest(folder, environment, argv);
}

const YAML = `version: 1
registries: { azure: { image: acme.azurecr.io/app, username: "\${USER_NAME}", password: "\${PASSWORD}" } }
mirrors: [{ from: docker.io/acme/app, to: azure }]
workflows: { slipway: acme/slipway@${"5".repeat(40)} v1.4.0 }
`;

/** A checkout with a configuration; what is where in it. */
async function project(name: string, below = ".", yaml = YAML) {
  const root = join(folder, name);
  await mkdir(join(root, ".git"), { recursive: true });
  await mkdir(join(root, below), { recursive: true });
  const config = join(root, below, "slipway.yaml");
  await writeFile(config, yaml);
  const workflows = join(root, ".github", "workflows");
  return { config, workflows, sync: join(workflows, "sync-docker-acr.yml") };
}

test("workflows are written once, told where they differ, and written again with what is kept", async () => {
  const { config, workflows, sync } = await project("written");
  const missing = await slipway({}, "workflows", "-c", config, "--check");
  assert.deepEqual(
    [missing.exit, missing.out],
    [
      5,
      `${sync}, line 1:\n+ # Written by \`slipway workflows\` from slipway.yaml. To change it, change that file and run the command again.\n`,
    ],
  );
  assert.match(missing.err, /sync-docker-acr\.yml in .*workflows do not say what the configuration does/);
  const dry = await slipway({}, "workflows", "-c", config, "--dry-run", "--detailed-exitcode");
  assert.deepEqual([dry.exit, dry.err], [5, `→ ${sync} would be written\n`]);

  const first = await slipway({}, "workflows", "-c", config);
  assert.deepEqual([first.exit, first.err], [0, `✓ ${sync} is written\n`]);
  assert.deepEqual(await readdir(workflows), ["sync-docker-acr.yml"]);
  const text = await readFile(sync, "utf8");
  assert.equal((await slipway({}, "workflows", "write", "-c", config, "--check")).exit, 0);
  assert.equal((await slipway({}, "workflows", "-c", config)).err, `= ${sync} is as it should be\n`);

  const kept = `    # slipway:keep more\n    env: { A: b }\n    # /slipway:keep\n`;
  await writeFile(sync, `${text.replace("timeout-minutes: 120", "timeout-minutes: 9")}${kept}`);
  const differs = await slipway({}, "workflows", "-c", config, "--check");
  assert.deepEqual(
    [differs.exit, differs.out],
    [5, `${sync}, line 15:\n-     timeout-minutes: 9\n+     timeout-minutes: 120\n`],
  );
  assert.equal((await slipway({}, "workflows", "-c", config)).err, `✓ ${sync} is written anew\n`);
  assert.equal(await readFile(sync, "utf8"), text + kept);
});

test("as JSON", async () => {
  const { config, sync } = await project("json");
  const { exit, out, err } = await slipway({}, "workflows", "-c", config, "--check", "--json");
  assert.equal(exit, 5);
  const { files, errors, ...rest } = JSON.parse(out);
  assert.deepEqual(rest, { version: 1, command: "workflows write", ok: false });
  assert.deepEqual([files[0].file, files[0].state, files[0].difference.line], [sync, "new", 1]);
  assert.equal(errors[0].code, "WORKFLOWS_OUTDATED");
  assert.match(err, /^error: /);
});

test("a file of somebody else stays until it may go, and nothing else is written either", async () => {
  const { config, workflows, sync } = await project(
    "foreign",
    ".",
    YAML.replace("mirrors:", "tags: latest\nrelease: {}\nmirrors:"),
  );
  await mkdir(workflows, { recursive: true });
  await writeFile(sync, "name: mine\n");
  const refused = await slipway({}, "workflows", "-c", config);
  assert.deepEqual([refused.exit, await readdir(workflows)], [2, ["sync-docker-acr.yml"]]);
  assert.match(refused.err, /sync-docker-acr\.yml is there already, and Slipway has not written it/);
  assert.equal((await slipway({}, "workflows", "-c", config, "--force")).exit, 0);
  assert.match(await readFile(sync, "utf8"), /^# Written by/);
});

test("what nothing gives a reason for any more is removed", async () => {
  const whole = YAML.replace("mirrors:", "release: {}\nmirrors:");
  const { config, workflows } = await project("removed", ".", whole);
  assert.equal((await slipway({}, "workflows", "-c", config)).exit, 0);
  assert.deepEqual(await readdir(workflows), ["build-push.yml", "ci-pr.yml", "release.yml", "sync-docker-acr.yml"]);
  await writeFile(config, YAML);
  assert.equal((await slipway({}, "workflows", "-c", config, "--check")).exit, 5);
  assert.equal((await slipway({}, "workflows", "-c", config)).exit, 0);
  assert.deepEqual(await readdir(workflows), ["sync-docker-acr.yml"]);
});

test("a configuration below the root is named by its steps; a folder can be named", async () => {
  const { config, sync } = await project("below", "images/app");
  assert.equal((await slipway({}, "workflows", "-c", config)).exit, 0);
  const text = await readFile(sync, "utf8");
  assert.match(text, /run: slipway sync --log sync\.log --report sync\.json --config images\/app\/slipway\.yaml\n/);
  const output = join(folder, "elsewhere");
  assert.equal((await slipway({}, "workflows", "-c", config, "-o", output)).exit, 0);
  assert.equal(await readFile(join(output, "sync-docker-acr.yml"), "utf8"), text);
});

const CONFLICTS: readonly (readonly string[])[] = [
  ["workflows", "--check", "--dry-run"],
  ["workflows", "--detailed-exitcode"],
  ["workflows", "update", "nobody/nothing"],
];
for (const argv of CONFLICTS) {
  test(`\`slipway ${argv.join(" ")}\` is refused`, async () => {
    const { config } = await project(`refused ${argv.join(" ")}`.replaceAll("/", " "));
    assert.equal((await slipway({}, ...argv, "-c", config)).exit, 2);
  });
}

const CHECKOUT = "actions/checkout";

test("newer versions come from a file, and into the workflows", async () => {
  const { config, sync } = await project("from");
  const [minor, major] = ["a".repeat(40), "b".repeat(40)];
  const from = join(folder, "versions.json");
  await writeFile(from, JSON.stringify({ [CHECKOUT]: { version: "v7.9.0", commit: minor } }));
  const dry = await slipway(
    {},
    "workflows",
    "update",
    "-c",
    config,
    "--from",
    from,
    "--dry-run",
    "--detailed-exitcode",
  );
  assert.deepEqual([dry.exit, dry.out], [5, `${CHECKOUT}: v7.0.1 → v7.9.0\n`]);
  const own = join(folder, "from", "slipway.actions.yaml");
  const first = await slipway({}, "workflows", "update", "-c", config, "--from", from);
  assert.deepEqual([first.exit, first.out], [0, `${CHECKOUT}: v7.0.1 → v7.9.0\n`]);
  assert.match(
    await readFile(own, "utf8"),
    /^# Written by[\s\S]*\nactions\/checkout:\n {2}version: v7\.9\.0\n {2}commit: a{40}\n$/,
  );
  assert.equal((await slipway({}, "workflows", "-c", config)).exit, 0);
  assert.ok((await readFile(sync, "utf8")).includes(`uses: ${CHECKOUT}@${minor} # v7.9.0\n`));

  assert.match((await slipway({}, "workflows", "update", "-c", config, "--from", from)).err, /no action has a newer/);
  await writeFile(from, `${CHECKOUT}: { version: v8.0.0, commit: ${major} }\n`);
  const held = await slipway({}, "workflows", "update", "-c", config, "--from", from);
  assert.match(held.out, /v7\.9\.0 stays; v8\.0\.0 is there/);
  assert.equal((await slipway({}, "workflows", "update", "-c", config, "--from", from, "--majors")).exit, 0);
  assert.match(await readFile(own, "utf8"), /v8\.0\.0/);

  await writeFile(from, `${CHECKOUT}: { version: v8.0.0, commit: ${minor} }\n`);
  const moved = await slipway({}, "workflows", "update", "-c", config, "--from", from);
  assert.equal(moved.exit, 1);
  assert.match(moved.err, /its tag has been moved/);
  await writeFile(from, `my/action: { version: v8.0.0, commit: ${minor} }\n`);
  assert.equal((await slipway({}, "workflows", "update", "-c", config, "--from", from)).exit, 2);
});

test("or from GitHub: the latest release's tag, and its commit", async () => {
  const { config } = await project("api");
  await using github = await startGitHub({ repository: CHECKOUT });
  github.putRelease({ tag_name: "v7.9.0" });
  const environment = { GITHUB_API_URL: github.apiUrl };
  const { exit, out } = await slipway(environment, "workflows", "update", CHECKOUT, "-c", config, "--json");
  assert.equal(exit, 0);
  assert.deepEqual(JSON.parse(out).actions, [{ action: CHECKOUT, from: "v7.0.1", to: "v7.9.0", state: "taken" }]);
  assert.ok((await readFile(join(folder, "api", "slipway.actions.yaml"), "utf8")).includes(github.head));
  assert.deepEqual(github.violations, []);
});
