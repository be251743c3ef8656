import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { makePackage } from "../scripts/package/make-package.ts";
import { type DockerEngineUnderTest, startDockerd } from "../src/testing/index.ts";
import { contentOf, ROOT } from "./house/sources.ts";
import { docker } from "./support/docker.ts";
import { nodeLayout } from "./support/node-image.ts";
import { Workplace } from "./support/workplace.ts";

const execute = promisify(execFile);
const BASE = "node:stand-in";
const IMAGE = `slipway:${manifest.version}`;
const CONFIG = "version: 1\nmirrors: [{ from: registry.example.com/a, to: registry.example.com/b, every: 1h }]\n";

/**
 * What stands in for the commands of deploy/Dockerfile that need a network or minutes: packing brings what was packed
 * before, and npm nothing. Everything else of that file is done as it is written.
 */
const STAND_INS = {
  npm: `#!/bin/sh
case "$*" in
  "ci --ignore-scripts") mkdir node_modules ;;
  "ci --prefix dist/package --omit=dev --ignore-scripts") mkdir dist/package/node_modules ;;
  *) exit 1 ;;
esac
`,
  node: `#!/bin/sh
[ "$*" = scripts/pack.ts ] || exec /usr/local/bin/node "$@"
[ -d node_modules ] && [ -e package.json ] && mkdir dist && cp -R /prepared dist/package
`,
};

const closing = new AsyncDisposableStack();
let engine: DockerEngineUnderTest;
let workplace: Workplace;
let base: string;

before(async () => {
  [engine, workplace] = [closing.use(await startDockerd()), closing.use(await Workplace.with())];
  await Promise.all(["dist", "base", "context"].map((folder) => mkdir(workplace.path(folder))));
  const packed = workplace.path("context/package");
  [base] = await Promise.all([nodeLayout(workplace.path("base")), makePackage(packed)]);
  await execute("cp", ["--archive", packed, workplace.path("dist")]);
  await installIn(workplace.path("dist/package"));
  await toEngine(`oci:${base}:node`, BASE);
});
after(() => closing.disposeAsync());

/** What `npm ci --omit=dev` would bring to where npm-shrinkwrap.json is: npm has brought the same here. */
async function installIn(folder: string): Promise<void> {
  const { packages } = JSON.parse(await readFile(join(folder, "npm-shrinkwrap.json"), "utf8"));
  const paths = Object.keys(packages).filter((path) => path !== "" && path.lastIndexOf("node_modules/") === 0);
  await execute("cp", ["--archive", "--parents", ...paths, folder], { cwd: ROOT });
}

async function toEngine(from: string, name: string): Promise<void> {
  const env = { DOCKER_HOST: engine.host };
  const ended = await workplace.slipway(["copy", from, `docker-daemon:${name}`], { env });
  assert.equal(ended.code, 0, ended.stderr);
}

/** What Docker does with an image if it is told nothing else. */
async function settingsOf(image: string) {
  const [{ Config: config }] = JSON.parse(await docker(engine.host, "image", "inspect", image));
  const { Env, Entrypoint, Cmd, User, Volumes, WorkingDir, ExposedPorts, StopSignal, Healthcheck } = config;
  return { Env: Env.toSorted(), Entrypoint, Cmd, User, Volumes, WorkingDir, ExposedPorts, StopSignal, Healthcheck };
}

/** Starts `serve` as the image does it, with its files read-only, and waits until Docker has found it well. */
async function serve(image: string): Promise<void> {
  await workplace.write("config/slipway.yaml", CONFIG);
  const mounts = ["--tmpfs", "/tmp", "--volume", `${workplace.path("config")}:/etc/slipway:ro`];
  const closed = ["--read-only", "--network", "none", "--cap-drop", "ALL"];
  const id = (
    await docker(engine.host, "run", "--detach", "--health-interval=500ms", ...closed, ...mounts, image)
  ).trim();
  const state = async () => JSON.parse(await docker(engine.host, "inspect", "--format", "{{json .State}}", id));
  for (let now = await state(); now.Health.Status !== "healthy"; now = await state()) {
    assert.equal(now.Running, true, await docker(engine.host, "logs", id));
    await sleep(100);
  }
  await docker(engine.host, "stop", "--time", "25", id);
  assert.equal((await state()).ExitCode, 0);
}

const version = (image: string) => docker(engine.host, "run", "--rm", "--network", "none", image, "--version");

test("slipway builds its own image from what is packed: it runs, serves and is well, and ends when it is told to", async () => {
  const config = contentOf("deploy/slipway.yaml").replace(/^ {2}platforms: .*$/m, "  platforms: [linux/amd64]");
  await workplace.write("deploy/slipway.yaml", config);
  const env = { NODE_IMAGE: `oci:${base}:node` };
  const built = await workplace.slipway(["--config", "deploy/slipway.yaml", "build", "--for", manifest.version], {
    env,
  });
  assert.equal(built.code, 0, built.stderr);
  await toEngine(`oci:deploy/.slipway/layout:${manifest.version}`, IMAGE);
  assert.equal(await version(IMAGE), `${manifest.version}\n`);
  await serve(IMAGE);
});

test("deploy/Dockerfile makes the same of it", async () => {
  for (const [name, script] of Object.entries(STAND_INS)) await workplace.write(`context/${name}`, script, 0o755);
  await workplace.write("context/Dockerfile", `FROM ${BASE}\nCOPY npm node /usr/local/sbin/\nCOPY package /prepared\n`);
  await docker(engine.host, "build", "--network", "none", "--tag", "node:prepared", workplace.path("context"));
  const file = ["--file", join(ROOT, "deploy/Dockerfile"), "--build-arg", "NODE=node:prepared"];
  await docker(engine.host, "build", "--network", "none", ...file, "--tag", "slipway:docker", ROOT);
  assert.equal(await version("slipway:docker"), `${manifest.version}\n`);
  assert.deepEqual(await settingsOf("slipway:docker"), await settingsOf(IMAGE));
});

test("what Docker ignores is what git does not know", async () => {
  const { stdout } = await execute("git", ["check-ignore", "node_modules", "dist", "web/dist", ".slipway"], {
    cwd: ROOT,
  });
  const ignored = contentOf(".dockerignore");
  for (const name of stdout.trim().split("\n")) assert.match(ignored, new RegExp(`^(?:\\*\\*/)?${name}$`, "m"));
});
