import assert from "node:assert/strict";
import { dirname } from "node:path";
import { after, before, test } from "node:test";
import {
  type DockerEngineUnderTest,
  type DockerRegistry,
  randomImage,
  skopeoDigest,
  startDockerd,
  startDockerRegistry,
  startRegistry,
} from "../../src/testing/index.ts";
import { pathOf } from "../../src/testing/servers/program.ts";
import { type Repository, runWorkflow, type WorkflowRun } from "../../test/support/actions.ts";
import { type CountingFront, startCountingFront } from "../../test/support/counting-front.ts";
import { branchPush, dispatch, pullRequest } from "../../test/support/events.ts";
import { assertExplained, checkoutOf } from "../../test/support/example.ts";
import { labelsAt, skopeoEnd } from "../../test/support/images.ts";
import { Workplace } from "../../test/support/workplace.ts";

const NAME = "your-org/app";
const IMAGE = "your-namespace/api";
const [USER, PASSWORD] = ["aliyun-user", "aliyun-canary"];
const BUILD_PUSH = ".github/workflows/build-push.yml";
const ONLY_BUILD = ".github/workflows/only-build.yml";
const NOTHING = /nothing to do/;

const closing = new AsyncDisposableStack();
let aliyun: DockerRegistry;
let front: CountingFront;
let engine: DockerEngineUnderTest;
let programs: string;

before(async () => {
  aliyun = closing.use(await startDockerRegistry({ auth: { kind: "basic", users: { [USER]: PASSWORD } } }));
  front = closing.use(await startCountingFront(aliyun.host));
  engine = closing.use(await startDockerd());
  await loadBase();
  programs = dirname(await pathOf({ name: "docker", aptPackage: "docker.io" }));
});
after(() => closing.disposeAsync());

const place = () => ({ host: aliyun.host, repository: IMAGE, credentials: `${USER}:${PASSWORD}` });
const digest = (tag: string) => skopeoDigest(skopeoEnd(place(), tag));
const shaTag = (revision: string) => `sha-${revision.slice(0, 7)}`;

/** The repository at GitHub with its secrets, and a runner whose Docker has the base image. */
function repository(): Repository {
  return {
    name: NAME,
    secrets: { ALIYUN_REGISTRY_USER: USER, ALIYUN_REGISTRY_PWD: PASSWORD },
    vars: { ALIYUN_REGISTRY: front.host, API_IMAGE_NAME: IMAGE },
    env: { DOCKER_HOST: engine.host, PATH: `${programs}:/usr/bin:/bin` },
  };
}

/** Gives the engine what it would pull. */
async function loadBase(): Promise<void> {
  await using bases = await startRegistry();
  await bases.put("library/node", await randomImage({ seed: "node", format: "docker" }), "24-slim");
  await using workplace = await Workplace.with();
  const ways = [`${bases.host}/library/node:24-slim`, "docker-daemon:node:24-slim"];
  const loaded = await workplace.slipway(["copy", ...ways], { env: { DOCKER_HOST: engine.host } });
  assert.equal(loaded.code, 0, loaded.stderr);
}

function codeOf(run: WorkflowRun): number | string {
  return run.state === "ran" ? run.code : run.state;
}

function outputOf(run: WorkflowRun): string {
  return run.state === "ran" ? run.output : run.state;
}

test("every variable is explained, and no other", () => assertExplained("api-image"));

test("main's image follows what changes it, and nothing else", async () => {
  await using checkout = await checkoutOf("api-image");
  const push = async (sha: string, before?: string) => {
    front.clear();
    return runWorkflow(checkout, BUILD_PUSH, branchPush("main", sha, before), repository());
  };
  const first = await checkout.git("rev-parse", "HEAD");
  const built = await push(first);
  assert.equal(codeOf(built), 0, outputOf(built));
  assert.match(outputOf(built), /sha256:[0-9a-f]+ with docker/);
  const old = await digest(shaTag(first));
  assert.deepEqual([await digest("main"), await digest("latest")], [old, old]);
  const labels = await labelsAt(place(), "main");
  assert.equal(labels["org.opencontainers.image.revision"], first);
  assert.ok(built.state === "ran" && built.summary.includes(old), "the job's page tells the digest");

  const again = await push(first);
  assert.equal(codeOf(again), 0, outputOf(again));
  assert.equal(front.writes, 0, "the same commit again writes nothing");

  const words = await checkout.commit({ "docs/words.md": "# Words\n" });
  const idle = await push(words, first);
  assert.equal(codeOf(idle), 0, outputOf(idle));
  assert.match(outputOf(idle), NOTHING);
  assert.equal(front.requests, 0);

  const steps = await checkout.commit({ "workflow/default.json": '{ "steps": [] }\n' });
  const rebuilt = await push(steps, words);
  assert.equal(codeOf(rebuilt), 0, outputOf(rebuilt));
  const newest = await digest(shaTag(steps));
  assert.notEqual(newest, old);
  assert.deepEqual([await digest("main"), await digest("latest"), await digest(shaTag(first))], [newest, newest, old]);

  front.clear();
  const clicked = await runWorkflow(checkout, BUILD_PUSH, dispatch("main", steps), repository());
  assert.equal(codeOf(clicked), 0, outputOf(clicked));
  assert.equal(front.writes, 0, "what is there is not built again");
  for (const run of [built, again, idle, rebuilt, clicked]) assert.ok(!outputOf(run).includes(PASSWORD));
});

test("another branch is built by hand only, and leaves latest alone", async () => {
  await using checkout = await checkoutOf("api-image");
  const head = await checkout.commit({ "api/server.js": "// another branch\n" });
  const pushed = await runWorkflow(checkout, BUILD_PUSH, branchPush("feature", head), repository());
  assert.equal(pushed.state, "not-triggered");
  const latest = await digest("latest");
  const clicked = await runWorkflow(checkout, BUILD_PUSH, dispatch("feature", head), repository());
  assert.equal(codeOf(clicked), 0, outputOf(clicked));
  assert.equal(await digest("feature"), await digest(shaTag(head)));
  assert.equal(await digest("latest"), latest);
  assert.notEqual(await digest("feature"), latest);
});

test("a pull request is built where it changes the image, without secrets, and never pushed", async () => {
  await using checkout = await checkoutOf("api-image");
  const base = await checkout.git("rev-parse", "HEAD");
  const fork: Repository = { ...repository(), secrets: {} };
  const env = { ...fork.env, ALIYUN_REGISTRY: front.host, API_IMAGE_NAME: IMAGE };
  front.clear();
  const change = await checkout.commit({ "api/server.js": "// a change\n" });
  const event = pullRequest(NAME, base, change);
  const built = await runWorkflow(checkout, ONLY_BUILD, event, { ...fork, env });
  assert.equal(codeOf(built), 0, outputOf(built));
  assert.match(outputOf(built), /sha256:[0-9a-f]+ with docker/);

  const words = await checkout.commit({ "docs/words.md": "# Words\n" });
  const idle = await runWorkflow(checkout, ONLY_BUILD, pullRequest(NAME, change, words), { ...fork, env });
  assert.equal(codeOf(idle), 0, outputOf(idle));
  assert.match(outputOf(idle), NOTHING);
  assert.equal(front.requests, 0);
});
