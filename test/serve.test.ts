import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { MirrorShape, Page, QueuedShape } from "../src/daemon/api/shapes.ts";
import { type DockerRegistry, randomImage, startDockerRegistry, startRegistry } from "../src/testing/index.ts";
import { assertHolds, publish } from "./support/images.ts";
import { Serving, until } from "./support/serving.ts";
import { Workplace } from "./support/workplace.ts";

const token = "a-token-that-nobody-is-going-to-guess";
const env = { SLIPWAY_TOKEN: token };

const [one, two, three, large] = await Promise.all([
  randomImage({ seed: "serve one" }),
  randomImage({ seed: "serve two" }),
  randomImage({ seed: "serve three" }),
  randomImage({
    seed: "serve large",
    layers: [1, 2, 3, 4].map((part) => ({ seed: `serve large ${part}`, bytes: 1_000_000 })),
  }),
]);

describe("slipway serve", { concurrency: true }, () => {
  let registries: readonly [DockerRegistry, DockerRegistry, DockerRegistry];
  before(async () => {
    registries = await Promise.all([startDockerRegistry(), startDockerRegistry(), startDockerRegistry()]);
  });
  after(() => Promise.all(registries.map((registry) => registry[Symbol.asyncDispose]())));

  /** A repository of one test's own: at the source, and where it is to be. */
  function places(repository: string) {
    const [source, ...destinations] = registries;
    const to = destinations.map(({ host }) => `${host}/${repository}`).join(", ");
    return {
      source,
      to: destinations.map(({ host }) => ({ host, repository })),
      line: (name: string, every: string, from = source.host) =>
        `  - { name: ${name}, from: ${from}/${repository}, to: [${to}], every: ${every} }\n`,
      /** Resolves when all destinations have a tag with this digest. */
      arrived: (tag: string, digest: string) =>
        Promise.all(
          destinations.map(({ origin }) =>
            until(
              async () => (await digestAt(`${origin}/v2/${repository}/manifests/${tag}`)) === digest,
              () => `${origin} has no ${repository}:${tag}`,
            ),
          ),
        ),
    };
  }

  it("keeps mirrors in step by itself, takes a changed configuration, ends when told, and catches up once", async () => {
    const app = places("app");
    const other = places("other");
    await publish(app.source, "app", { v1: one });
    await publish(app.source, "other", { v1: one });
    const header = "version: 1\nmirrors:\n";
    await using workplace = await Workplace.with({ "slipway.yaml": header + app.line("app", "2s") });
    await using serving = new Serving(workplace, "serve", { env });
    await serving.url();
    await app.arrived("v1", one.root.digest);

    // F39: a push that no webhook tells of is everywhere within an interval
    let pushed = performance.now();
    await publish(app.source, "app", { v2: two });
    await app.arrived("v2", two.root.digest);
    assert.ok(performance.now() - pushed < 6000, `${performance.now() - pushed} ms`);
    for (const place of app.to) await assertHolds(place, { v1: one, v2: two });

    // F32: one process has the folder
    const refused = await workplace.slipway(["serve", "--listen", "127.0.0.1:0", "--data-dir", "data"]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /data folder .* is in use: process \d+ on /);

    // a file that cannot be used changes nothing; the next one brings a mirror
    await workplace.write("slipway.yaml", `${header}${app.line("app", "2s")}  - { name: half`);
    await serving.line(({ event }) => event === "configuration-refused");
    await workplace.write("slipway.yaml", header + app.line("app", "2s") + other.line("other", "1h"));
    await serving.line(({ event }) => event === "configuration-taken");
    await other.arrived("v1", one.root.digest);
    serving.kill("SIGHUP");
    await serving.line(({ event }) => event === "configuration-taken", serving.log.length);
    const mirrors = await serving.api<Page<MirrorShape>>("/mirrors", { token });
    assert.deepEqual(
      mirrors.items.map(({ name, health, tags }) => [name, health, tags.total]),
      [
        ["app", "in-step", 4],
        ["other", "in-step", 2],
      ],
    );
    const asked = await serving.api<QueuedShape>("/mirrors/other/sync", { token, method: "POST" });
    assert.deepEqual([asked.run.mirror, asked.run.trigger, asked.isNew], ["other", "manual", true]);
    await assert.rejects(serving.api("/mirrors/none/sync", { token, method: "POST" }), /404 .*MIRROR_UNKNOWN/);
    await serving.line(({ event, run }) => event === "job-ended" && run === asked.run.id);
    const before = await serving.runs("app", token);
    assert.ok(before.every(({ state }) => ["done", "running", "queued"].includes(state)));

    const told = performance.now();
    serving.kill("SIGTERM");
    assert.equal(await serving.ended, 0, serving.told);
    assert.ok(performance.now() - told < 10_000);
    assert.equal(serving.log.at(-1)?.event, "drained");

    await publish(app.source, "app", { v3: three });
    await sleep(4_100);
    pushed = performance.now();
    await using again = new Serving(workplace, "serve", { env });
    await app.arrived("v3", three.root.digest);
    const runs = await again.runs("app", token);
    const [latestBefore] = before;
    const since = runs.filter(({ id }) => id > (latestBefore?.id ?? ""));
    assert.equal(since.filter(({ trigger }) => trigger === "catch-up").length, 1, JSON.stringify(since, undefined, 1));
    // the mirror that was not due is left alone
    assert.equal((await again.runs("other", token)).length, 2);
  });

  /** A daemon in the middle of a run that takes a minute, unless `hurry` is called. */
  async function inMidRun(repository: string) {
    const app = places(repository);
    await using closing = new AsyncDisposableStack();
    const source = closing.use(await startRegistry());
    await source.put(repository, large, "v1");
    const slow = source.faults.add({
      method: "GET",
      kind: "blob",
      effect: { kind: "slow", of: "response", bytesPerSecond: 20_000 },
    });
    const config = `version: 1\nmirrors:\n${app.line("app", "1h", source.host)}`;
    const workplace = closing.use(await Workplace.with({ "slipway.yaml": config }));
    const start = () => new Serving(workplace, "serve", { env, args: ["--log-level", "debug"] });
    const serving = closing.use(start());
    await until(
      () => source.requests.bytesOut("GET", "blob") > 100_000,
      () => serving.told,
    );
    const [run] = await serving.runs("app", token);
    assert.equal(run?.state, "running");
    const ended = (next: Serving) =>
      until(
        async () => {
          const runs = await next.runs("app", token);
          return runs[0]?.endedAt === undefined ? undefined : runs;
        },
        () => next.told,
      );
    const kept = closing.move();
    return {
      app,
      serving,
      run,
      start,
      ended,
      hurry: () => slow.remove(),
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    };
  }

  it("F29: killed in mid-run, the next one goes on with the run once its lease is over", async () => {
    await using stage = await inMidRun("killed");
    stage.serving.kill("SIGKILL");
    await stage.serving.ended;
    stage.hurry();
    await using next = stage.start();
    const begun = await next.line(({ event }) => event === "job-begun");
    assert.equal(begun.attempt, 2);
    await stage.app.arrived("v1", large.root.digest);
    const [run, ...others] = await stage.ended(next);
    assert.deepEqual([run?.id, run?.state, run?.counts.copied, others], [stage.run.id, "done", 2, []]);
    await assertHolds(stage.app.to[0] ?? assert.fail(), { v1: large });
  });

  it("F30: told to end in mid-run it is gone within 25 s, and leaves the rest to the next one at once", async () => {
    await using stage = await inMidRun("drained");
    const told = performance.now();
    stage.serving.kill("SIGTERM");
    assert.equal(await stage.serving.ended, 0, stage.serving.told);
    const took = performance.now() - told;
    assert.ok(took > 15_000 && took < 25_000, `${took} ms\n${stage.serving.told}`);
    stage.hurry();
    await using next = stage.start();
    const started = await next.line(({ event }) => event === "started");
    const begun = await next.line(({ event }) => event === "job-begun");
    assert.ok(Date.parse(String(begun.time)) - Date.parse(String(started.time)) < 2000);
    await stage.app.arrived("v1", large.root.digest);
    const [run, ...others] = await stage.ended(next);
    assert.deepEqual([run?.id, run?.state, run?.counts.copied, others], [stage.run.id, "done", 2, []]);
  });

  it("says what is missing, and leaves nothing behind, where it cannot begin", async () => {
    await using workplace = await Workplace.with({ "slipway.yaml": "version: 1\nmirrors: []\n" });
    const worker = await workplace.slipway(["worker"]);
    assert.equal(worker.code, 2);
    assert.match(worker.stderr, /SLIPWAY_DATABASE_URL is not set/);
    const address = await workplace.slipway(["serve", "--listen", "nowhere"], { env: { SLIPWAY_DATA_DIR: "data" } });
    assert.equal(address.code, 2);
    assert.match(address.stderr, /nowhere is not an address/);
    const token = await workplace.slipway(["serve"], { env: { SLIPWAY_DATA_DIR: "data", SLIPWAY_TOKEN: "short" } });
    assert.equal(token.code, 2);
    await workplace.remove("slipway.yaml");
    assert.equal((await workplace.slipway(["serve"])).code, 2);
  });
});

async function digestAt(address: string): Promise<string | null> {
  const accept = "application/vnd.oci.image.manifest.v1+json";
  const response = await fetch(address, { method: "HEAD", headers: { accept } });
  return response.headers.get("docker-content-digest");
}
