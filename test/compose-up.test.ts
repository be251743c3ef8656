import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, realpath } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import {
  type DockerEngineUnderTest,
  type DockerRegistry,
  startDockerd,
  startDockerRegistry,
} from "../src/testing/index.ts";
import { pathOf } from "../src/testing/servers/program.ts";
import { Checkout } from "./support/checkout.ts";
import { dockerCompose } from "./support/docker-compose.ts";

const execute = promisify(execFile);

const PLATFORMS: Readonly<Record<string, string>> = { x64: "linux/amd64", arm64: "linux/arm64" };

const closing = new AsyncDisposableStack();
let engine: DockerEngineUnderTest;
let registry: DockerRegistry;

before(async () => {
  engine = closing.use(await startDockerd());
  registry = closing.use(await startDockerRegistry());
});
after(() => closing.disposeAsync());

/** A server that answers every connection with what its environment says, without any module of Perl's. */
const SERVER = `
socket(S, 2, 1, 6) or die; setsockopt(S, 1, 2, 1);
bind(S, pack("Sna4x8", 2, $ENV{PORT}, "\\x7f\\0\\0\\1")) or die "bind: $!"; listen(S, 9) or die;
$SIG{TERM} = sub { exit 0 };
while (accept(C, S)) { print C "$ENV{NOTE}|$ENV{SECRET}"; close C }
`;

/** The form of a project whose image runs on the host's network: the engine of tests has none of its own. */
const CONFIG = `version: 1
name: hello
registries:
  local: { image: "\${REGISTRY}/team/hello" }
build:
  with: layers
  platforms: ["\${PLATFORM}"]
  layers: [{ folder: image, to: / }]
  config: { entrypoint: [/bin/perl, /server.pl] }
site:
  compose:
    fields:
      - { id: port, type: port, label: Port, default: 45000, required: true }
      - { id: note, type: text, label: Note }
      - { id: secret, type: secret, label: Secret, generate: 20, required: true }
    template:
      services:
        hello:
          image: "{{image}}"
          network_mode: host
          environment: { PORT: "{{port}}", NOTE: "{{note}}", SECRET: "{{secret}}" }
          volumes: ["data:/data"]
          healthcheck:
            test: [CMD, /bin/bash, -c, "exec 3<>/dev/tcp/127.0.0.1/{{port}}"]
            interval: 1s
            timeout: 5s
            retries: 20
      volumes: { data: ~ }
`;

/** Copies programs of this machine into an image's folder, with the libraries that they need. */
async function copyPrograms(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = await pathOf({ name, aptPackage: name });
    const { stdout } = await execute("/usr/bin/ldd", [path]);
    const libraries = stdout.match(/\/\S+(?= \(0x)/g) ?? [];
    for (const [from, to] of [[path, `/bin/${name}`] as const, ...libraries.map((one) => [one, one] as const)]) {
      await mkdir(dirname(folder + to), { recursive: true });
      await copyFile(await realpath(from), folder + to);
    }
  }
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  server.close();
  return address.port;
}

/** What a server says to whoever connects. */
async function answerAt(port: number): Promise<string> {
  return await text(connect(port, "127.0.0.1"));
}

test("a file that was made starts the image from a registry; its healthcheck turns healthy, its values arrive", async () => {
  await using checkout = await Checkout.of({ "slipway.yaml": CONFIG, "image/server.pl": SERVER });
  await copyPrograms(checkout.path("image"), ["bash", "perl"]);
  const env = { REGISTRY: registry.host, PLATFORM: PLATFORMS[process.arch] ?? "linux/amd64" };
  const pushed = await checkout.slipway(["push", "--for", "1.2.3"], { env });
  assert.equal(pushed.code, 0, pushed.stderr);

  const [port, note] = [await freePort(), 'it\'s $HOME: "#1" \\ 中'];
  const folder = checkout.path("deploy");
  await mkdir(folder);
  const args = ["compose", "--tag", "1.2.3", "--set", `port=${port}`, "--set", `note=${note}`];
  const files = ["--output", `${folder}/docker-compose.yml`, "--secrets-file", `${folder}/.env`];
  const made = await checkout.slipway([...args, ...files], { env });
  assert.equal(made.code, 0, made.stderr);
  const [, secret] = /^SECRET_SECRET=(\w{20})\n$/.exec(await readFile(`${folder}/.env`, "utf8")) ?? [];
  assert.ok(secret !== undefined);

  await dockerCompose(folder, ["--no-ansi", "up", "-d", "--quiet-pull"], engine.host);
  try {
    const id = (await dockerCompose(folder, ["ps", "-q", "hello"], engine.host)).trim();
    let state = "starting";
    for (let left = 100; state === "starting" && left > 0; left -= 1) {
      await sleep(200);
      state = (await docker(["inspect", "--format", "{{.State.Health.Status}}", id])).trim();
    }
    assert.equal(state, "healthy", await docker(["logs", id]));
    assert.equal(await answerAt(port), `${note}|${secret}`);
  } finally {
    await dockerCompose(folder, ["--no-ansi", "down", "--volumes", "--timeout", "5"], engine.host);
  }
});

async function docker(args: readonly string[]): Promise<string> {
  const path = await pathOf({ name: "docker", aptPackage: "docker-cli" });
  const { stdout, stderr } = await execute(path, args, { env: { DOCKER_HOST: engine.host } });
  return stdout + stderr;
}
