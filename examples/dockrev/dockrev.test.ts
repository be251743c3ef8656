import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type DockerRegistry,
  randomIndex,
  skopeoDigest,
  skopeoInspectRaw,
  startDockerRegistry,
  startGitHub,
  startRecordingProxy,
  startRegistry,
  type TestGitHub,
  type TestRegistry,
} from "../../src/testing/index.ts";
import { type Repository, runWorkflow, type WorkflowRun } from "../../test/support/actions.ts";
import { buildahHome } from "../../test/support/buildah-home.ts";
import type { Checkout } from "../../test/support/checkout.ts";
import { type CountingFront, startCountingFront } from "../../test/support/counting-front.ts";
import { pullRequest, workflowEnd } from "../../test/support/events.ts";
import { assertExplained, checkoutOf } from "../../test/support/example.ts";
import { labelsAt, PLATFORMS, skopeoEnd } from "../../test/support/images.ts";

const NAME = "your-org/dockrev";
const TOKEN = "canary-of-the-job";
const RELEASE = ".github/workflows/release.yml";
const CI = "CI (main)";

const closing = new AsyncDisposableStack();
let bases: TestRegistry;
let ghcr: DockerRegistry;
let front: CountingFront;
let github: TestGitHub;

before(async () => {
  bases = closing.use(await startRegistry());
  await bases.put("library/alpine", await randomIndex({ seed: "alpine", platforms: PLATFORMS }), "3.22");
  ghcr = closing.use(await startDockerRegistry({ auth: { kind: "basic", users: { octocat: TOKEN } } }));
  front = closing.use(await startCountingFront(ghcr.host));
  github = closing.use(await startGitHub({ repository: NAME, token: TOKEN }));
});
after(() => closing.disposeAsync());

const place = () => ({ host: ghcr.host, repository: NAME, credentials: `octocat:${TOKEN}` });
const digest = (tag: string) => skopeoDigest(skopeoEnd(place(), tag));
const released = () => github.releases.map(({ tag_name, draft }) => `${tag_name}${draft ? " (draft)" : ""}`);

/** The repository at GitHub, and a runner with buildah. */
async function repository(checkout: Checkout, env: Readonly<Record<string, string>> = {}): Promise<Repository> {
  const builder = await buildahHome(checkout.path("home/buildah"), bases.host);
  const places = { GHCR_REGISTRY: front.host, GITHUB_API_URL: github.apiUrl };
  return { name: NAME, token: TOKEN, vars: { GHCR_OWNER: "your-org" }, env: { ...builder, ...places, ...env } };
}

function forget(): void {
  front.clear();
  github.requests.clear();
}

function codeOf(run: WorkflowRun): number | string {
  return run.state === "ran" ? run.code : run.state;
}

function outputOf(run: WorkflowRun): string {
  return run.state === "ran" ? run.output : run.state;
}

test("every variable is explained, and no other", () => assertExplained("dockrev"));

test("a pull request: the contract is current, the image is built, and nothing is pushed or released", async () => {
  await using checkout = await checkoutOf("dockrev");
  const base = await checkout.git("rev-parse", "HEAD");
  const head = await checkout.commit({ "src/main.rs": "fn main() {}\n" });
  await using outside = await startRecordingProxy();
  forget();
  const event = pullRequest(NAME, base, head);
  // GHCR is where the configuration says, and nobody may get there.
  const there = await repository(checkout, { GHCR_REGISTRY: "", HTTPS_PROXY: outside.origin });
  const run = await runWorkflow(checkout, ".github/workflows/ci-pr.yml", event, there);
  assert.equal(codeOf(run), 0, outputOf(run));
  assert.match(outputOf(run), /sha256:[0-9a-f]+ with buildah/);
  assert.equal(front.requests + github.requests.length, 0);
  assert.deepEqual(outside.requests, []);

  const changed = await checkout.read("slipway.yaml");
  await checkout.commit({ "slipway.yaml": changed.replace("linux/amd64, linux/arm64", "linux/amd64") });
  assert.equal((await checkout.slipway(["contract", "--check"])).code, 5, "the contract is of another configuration");
});

test("nothing but the success of CI (main) after a push releases", async () => {
  await using checkout = await checkoutOf("dockrev");
  const head = await checkout.git("rev-parse", "HEAD");
  const there = await repository(checkout);
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["skipped", { conclusion: "failure" }],
    ["skipped", { event: "pull_request" }],
    ["skipped", { head_repository: { full_name: "stranger/dockrev" } }],
    ["not-triggered", { head_branch: "feature" }],
    ["not-triggered", { name: "CI (PR)" }],
  ];
  forget();
  for (const [state, run] of cases) {
    const event = workflowEnd(NAME, CI, head, run);
    assert.equal((await runWorkflow(checkout, RELEASE, event, there)).state, state, JSON.stringify(run));
  }
  assert.equal(front.requests + github.requests.length, 0);
});

test("a merge: image, then release; a failed release keeps its image; running again converges, then writes nothing", async () => {
  await using checkout = await checkoutOf("dockrev");
  const there = await repository(checkout);
  const head = await checkout.git("rev-parse", "HEAD");
  github.commit("main", head);
  const event = workflowEnd(NAME, CI, head);
  forget();

  const wrong = { ...there, env: { ...there.env, GHCR_REGISTRY: "127.0.0.1:9" } };
  const unpushed = await runWorkflow(checkout, RELEASE, event, wrong);
  assert.equal(codeOf(unpushed), 1, outputOf(unpushed));
  assert.equal(github.requests.writes().length, 0, "no image, no release");

  const fault = github.faults.add({ operation: "repos/create-release", fault: { kind: "status", status: 403 } });
  const unreleased = await runWorkflow(checkout, RELEASE, event, there);
  assert.equal(codeOf(unreleased), 4, outputOf(unreleased));
  assert.match(outputOf(unreleased), /Go on with: slipway release 0\.3\.0/);
  const built = await digest("0.3.0");
  assert.deepEqual(released(), []);
  fault.remove();

  await checkout.remove(".slipway"); // another runner
  const whole = await runWorkflow(checkout, RELEASE, event, there);
  assert.equal(codeOf(whole), 0, outputOf(whole));
  assert.deepEqual([await digest("0.3.0"), await digest("latest")], [built, built]);
  assert.deepEqual(released(), ["v0.3.0"]);
  assert.equal(github.tags["v0.3.0"], head);
  const [release] = github.releases;
  assert.deepEqual(release?.assets.map(({ name }) => name).sort(), ["dockrev-linux-amd64", "dockrev-linux-arm64"]);
  const index = JSON.parse(await skopeoInspectRaw(skopeoEnd(place(), "0.3.0")));
  assert.deepEqual(
    index.manifests.map(({ platform }: { platform: { architecture: string } }) => platform.architecture).sort(),
    ["amd64", "arm64"],
  );
  for (const architecture of ["amd64", "arm64"]) {
    const labels = await labelsAt(place(), "0.3.0", architecture);
    const label = (name: string) => labels[`org.opencontainers.image.${name}`];
    assert.deepEqual(
      [label("version"), label("revision"), label("source"), label("licenses")],
      ["0.3.0", head, `https://github.com/${NAME}`, "MIT"],
    );
  }

  forget();
  await checkout.git("tag", "v0.3.0"); // GitHub made it, and the next checkout has it
  const again = await runWorkflow(checkout, RELEASE, event, there);
  assert.equal(codeOf(again), 0, outputOf(again));
  assert.equal(front.writes + github.requests.writes().length, 0);
  assert.deepEqual(github.violations, []);
  for (const run of [unpushed, unreleased, whole, again]) assert.ok(!outputOf(run).includes(TOKEN));

  const next = await checkout.commit({ "src/main.rs": 'fn main() { println!("hello") }\n' });
  github.commit("main", next);
  const merged = await runWorkflow(checkout, RELEASE, workflowEnd(NAME, CI, next), there);
  assert.equal(codeOf(merged), 0, outputOf(merged));
  assert.deepEqual(released(), ["v0.3.0", "v0.3.1"]);
  assert.deepEqual([await digest("0.3.0"), await digest("latest")], [built, await digest("0.3.1")]);
});
