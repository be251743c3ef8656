import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RunWish, Store } from "../../store/store.ts";
import { randomImage, startRegistry, type TestImage, type TestRegistry } from "../../testing/index.ts";
import { failure } from "../../words/error.ts";
import { openStage, type Stage } from "./stage.ts";

const image = await randomImage({ seed: "worker" });
const other = await randomImage({ seed: "worker, later" });

const numbered = (count: number) => Array.from({ length: count }, (_, number) => `1.${number}`);

async function putAll(registry: TestRegistry, tags: readonly string[], one: TestImage = image): Promise<void> {
  for (const tag of tags) await registry.put("app", one, tag);
}

let wishes = 0;
function wish(more: Partial<RunWish> = {}): RunWish {
  wishes += 1;
  return { mirror: "app", trigger: "manual", key: `key ${wishes}`, at: Date.now(), ...more };
}

/** Begins a run and waits until it has ended. */
async function ran({ store, ended }: Stage, more: Partial<RunWish> = {}) {
  const { run } = await store.runs.begin(wish(more));
  const last = await ended(run.id);
  const lines = await store.runs.lines(run.id, 0, 1000);
  return { ...last, lines: lines.map(({ key }) => key.replace("daemon.log.", "")) };
}

/** How often each tag was put. */
function puts(registry: TestRegistry): Readonly<Record<string, number>> {
  const tags = registry.requests.of("PUT", "manifest").map(({ path }) => path.split("/").at(-1) ?? "");
  return Object.fromEntries(
    tags.filter((tag) => !tag.startsWith("sha256:")).map((tag) => [tag, tags.filter((one) => one === tag).length]),
  );
}

const once = (tags: readonly string[]) => Object.fromEntries(tags.map((tag) => [tag, 1]));

/** A mirror of `app` from one registry to others. */
function mirror(from: TestRegistry, to: readonly TestRegistry[], more = "", serve = ""): string {
  const destinations = to.map(({ host }) => `${host}/app`).join(", ");
  return `serve: { ${serve} }\nmirrors: [{ name: app, from: ${from.host}/app, to: [${destinations}]${more} }]`;
}

describe("a worker", { concurrency: true }, () => {
  it("brings what a mirror means, and tells it by tag", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await using two = await startRegistry();
    await putAll(source, ["1.0", "1.1", "nightly"]);
    await using stage = await openStage(mirror(source, [one, two], ', tags: { match: ["1.*"] }'));
    const { store } = stage;
    const worker = stage.worker();
    worker.start();
    const first = await ran(stage);
    assert.deepEqual([first.state, first.counts?.copied, first.jobs], ["done", 4, { total: 1, ended: 1 }]);
    assert.deepEqual(first.lines, ["begun", "listed", "planned", "copied", "copied", "copied", "copied"]);
    assert.ok((first.counts?.requests ?? 0) > 10);
    for (const registry of [one, two]) assert.deepEqual(Object.keys(registry.tags("app")).sort(), ["1.0", "1.1"]);
    const tags = await store.tags.list("app", { limit: 10 });
    assert.deepEqual(
      tags.map(({ destination, tag, state, sourceDigest, lag }) => [destination, tag, state, sourceDigest, lag]),
      ["1.0", "1.1"].flatMap((tag) =>
        [one, two]
          .map(({ host }) => host)
          .sort()
          .map((host) => [`${host}/app:${tag}`, tag, "in-step", image.root.digest, undefined]),
      ),
    );

    const second = await ran(stage);
    assert.deepEqual([second.state, second.counts?.skipped, second.counts?.bytesWritten], ["done", 4, 0]);
    assert.deepEqual(second.lines, ["begun", "listed", "in-step"]);

    // a tag that moves, one that comes, and one that goes
    await putAll(source, ["1.0", "1.2"], other);
    const third = await ran(stage);
    assert.deepEqual([third.counts?.copied, third.counts?.skipped], [4, 2]);
    const moved = (await store.tags.list("app", { limit: 10 })).filter(({ tag }) => tag !== "1.1");
    for (const { lag, sourceDigest } of moved) {
      assert.equal(sourceDigest, other.root.digest);
      assert.ok(lag !== undefined && lag > 0 && lag < 60_000, `${lag}`);
    }
    assert.equal(moved.length, 4);
    stage.configure(mirror(source, [one], ', tags: { match: ["1.0"] }'));
    await ran(stage);
    assert.deepEqual(
      (await store.tags.list("app", { limit: 10 })).map(({ destination }) => destination),
      [`${one.host}/app:1.0`],
    );
    await worker.drain(1000);
    assert.deepEqual(await store.workers.all(), []);
  });

  it("shares a large mirror with others, each tag brought once", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    const tags = numbered(23);
    await putAll(source, tags);
    await using stage = await openStage(mirror(source, [one], "", "batch: 5, concurrency: 1"));
    const workers = [stage.worker(), stage.worker()];
    for (const worker of workers) worker.start();
    const run = await ran(stage);
    assert.deepEqual([run.state, run.counts?.copied, run.jobs], ["done", 23, { total: 6, ended: 6 }]);
    assert.deepEqual(puts(one), once(tags));
    const begun = stage.told.filter(({ event, fields }) => event === "job-begun" && fields.kind === "batch");
    assert.equal(begun.length, 5);

    // looked at again, in parts; then by fewer tags than one takes
    const again = await ran(stage);
    assert.deepEqual([again.counts?.skipped, again.jobs?.total], [23, 6]);
    assert.equal((await stage.store.tags.summaries(0)).get("app")?.inStep, 23);
  });

  it("brings signatures with the parts of a large mirror, and lists its source once", async () => {
    await using source = await startRegistry({ referrers: false });
    await using one = await startRegistry({ referrers: false });
    const tags = numbered(23);
    const signature = `${image.root.digest.replace(":", "-")}.sig`;
    await putAll(source, tags);
    await source.put("app", other, signature);
    await using stage = await openStage(mirror(source, [one], "", "batch: 5"));
    stage.worker().start();
    const run = await ran(stage);
    assert.deepEqual([run.state, run.counts?.copied, run.jobs?.total], ["done", 23, 6]);
    assert.deepEqual(Object.keys(one.tags("app")).sort(), [...tags, signature].sort());
    assert.equal(source.requests.count(undefined, "tags"), 1);
  });

  it("splits only what lists do not say to be in step", async () => {
    await using source = await startRegistry({ listing: { kind: "quay" } });
    await using one = await startRegistry({ listing: { kind: "quay" } });
    const tags = numbered(30);
    await putAll(source, tags);
    const hosts = `hosts: { "${source.host}": { kind: quay }, "${one.host}": { kind: quay } }\n`;
    await using stage = await openStage(`${hosts}${mirror(source, [one], ", referrers: false", "batch: 10")}`);
    const worker = stage.worker();
    worker.start();
    assert.equal((await ran(stage)).jobs?.total, 4);
    source.requests.clear();
    const again = await ran(stage);
    assert.deepEqual([again.counts?.skipped, again.jobs?.total], [30, 1]);
    assert.equal(source.requests.count(undefined, "manifest"), 0);
    await putAll(source, ["1.7"], other);
    const third = await ran(stage);
    assert.deepEqual([third.counts?.skipped, third.counts?.copied, third.jobs?.total], [29, 1, 1]);
    assert.equal((await stage.store.tags.summaries(0)).get("app")?.inStep, 30);
  });

  it("brings just the tag that a webhook names, without listing the source", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await putAll(source, numbered(40));
    await using stage = await openStage(mirror(source, [one], ', tags: { match: ["1.*"] }', "batch: 10"));
    const worker = stage.worker();
    worker.start();
    const run = await ran(stage, { trigger: "webhook", tags: ["1.7", "2.0"] });
    assert.deepEqual([run.state, run.counts?.copied], ["done", 1]);
    assert.deepEqual(Object.keys(one.tags("app")), ["1.7"]);
    assert.equal(source.requests.count(undefined, "tags"), 0);
    const [tag] = await stage.store.tags.list("app", { limit: 10 });
    assert.ok(tag?.lag !== undefined && tag.lag < 60_000);
    const unmeant = await ran(stage, { trigger: "webhook", tags: ["2.0"] });
    assert.deepEqual([unmeant.state, unmeant.lines], ["done", ["begun", "unmeant"]]);
  });

  it("of a mirror of the newest brings a named tag only if it is one of them", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await putAll(source, ["1.0.0", "2.0.0", "3.0.0"]);
    await using stage = await openStage(mirror(source, [one], ', tags: { semver: ">=1", newest: 2 }'));
    const worker = stage.worker();
    worker.start();
    await ran(stage, { tags: ["1.0.0", "3.0.0"] });
    assert.deepEqual(Object.keys(one.tags("app")), ["3.0.0"]);
  });

  it("tells what fails, where, and since when", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await using two = await startRegistry();
    await putAll(source, ["1.0"]);
    two.faults.add({ method: "PUT", kind: "manifest", effect: { kind: "status", status: 403 } });
    await using stage = await openStage(mirror(source, [one, two]));
    const worker = stage.worker();
    worker.start();
    const run = await ran(stage);
    assert.deepEqual([run.state, run.counts?.copied, run.counts?.failed], ["partial", 1, 1]);
    assert.ok(run.lines.includes("failed"));
    const failed = await stage.store.tags.list("app", { limit: 10, state: "failed" });
    const record = failed.find(({ destination }) => destination.startsWith(two.host));
    assert.deepEqual([record?.error?.code, record?.error?.side], ["DENIED", "destination"]);
    await ran(stage);
    const [again] = await stage.store.tags.find("app", [`${two.host}/app:1.0`]);
    assert.deepEqual([again?.state, again?.behindSince], ["failed", record?.behindSince]);

    // a source that is not there fails the run as a whole, and leaves what is known of tags
    stage.configure(mirror(source, [one, two]).replace("/app,", "/absent,"));
    const absent = await ran(stage);
    assert.deepEqual([absent.state, absent.error?.code], ["failed", "MIRROR_SOURCE_EMPTY"]);
    assert.equal((await stage.store.tags.list("app", { limit: 10 })).length, 2);
  });

  it("S23: writes no secret down, neither one that works nor one that is refused", async () => {
    const rights = { users: { me: "canary-good" } };
    await using source = await startRegistry({ auth: { kind: "basic", ...rights } });
    await using one = await startRegistry({ auth: { kind: "token", expiresInSeconds: 60, ...rights } });
    await putAll(source, ["1.0"]);
    const registry = ({ host }: TestRegistry, password: string) =>
      `{ image: ${host}/app, username: me, password: canary-${password} }`;
    const registries = `registries: { s: ${registry(source, "good")}, d: ${registry(one, "bad")} }\n`;
    await using stage = await openStage(registries + mirror(source, [one]));
    stage.worker().start();
    const run = await ran(stage);
    assert.deepEqual([run.state, run.counts?.failed], ["failed", 1]);
    const [record] = await stage.store.tags.list("app", { limit: 10 });
    assert.equal(record?.error?.code, "UNAUTHORIZED");
    assert.doesNotMatch(JSON.stringify(stage.told), /canary/);
    const files = await readdir(stage.folder, { recursive: true, withFileTypes: true });
    const written = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    assert.ok(written.some((file) => file.endsWith("slipway.db")));
    for (const file of written) assert.ok(!(await readFile(file)).includes("canary"), file);
  });

  it("stops soon when its run is cancelled", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await putAll(source, numbered(3));
    source.faults.add({ method: "GET", kind: "blob", effect: { kind: "stall", of: "response", afterBytes: 10 } });
    await using stage = await openStage(mirror(source, [one]));
    const worker = stage.worker({ times: { lease: 5000, renewal: 50, margin: 500 } });
    worker.start();
    const { run } = await stage.store.runs.begin(wish());
    while (source.requests.count("GET", "blob") === 0) await sleep(10);
    const began = performance.now();
    await stage.store.runs.cancel(run.id, Date.now());
    assert.equal((await stage.ended(run.id))?.state, "cancelled");
    assert.ok(performance.now() - began < 3000);
    assert.deepEqual(one.tags("app"), {});
  });

  it("F30: told to end, it records what it has done, and the next one does the rest alone", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    const tags = numbered(12);
    await putAll(source, tags);
    // the first five get through, the others hang
    one.faults.add({
      method: "PUT",
      kind: "manifest",
      when: { every: 1 },
      effect: { kind: "latency", milliseconds: 5 },
    });
    const hang = one.faults.add({
      method: "PUT",
      kind: "manifest",
      where: () => one.requests.count("PUT", "manifest") > 5,
      effect: { kind: "latency", milliseconds: 60_000 },
    });
    await using stage = await openStage(mirror(source, [one]));
    const first = stage.worker();
    first.start();
    const { run } = await stage.store.runs.begin(wish());
    while (hang.hits < 5) await sleep(10);
    const began = performance.now();
    await first.drain(50);
    assert.ok(performance.now() - began < 3500);
    const known = await stage.store.tags.list("app", { limit: 100 });
    assert.deepEqual(known.filter(({ state }) => state === "in-step").length, 5);
    assert.equal((await stage.store.runs.get(run.id))?.state, "running");
    assert.equal((await stage.store.runs.get(run.id))?.counts.copied, 5);

    hang.remove();
    one.requests.clear();
    const next = stage.worker();
    next.start();
    const ended = await stage.ended(run.id);
    assert.deepEqual([ended?.state, ended?.counts.copied, ended?.counts.skipped], ["done", 12, 0]);
    assert.deepEqual(Object.keys(puts(one)).length, 7);
  });

  it("F33: one that nobody hears from writes nothing past its lease, and another takes over", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    const tags = numbered(4);
    await putAll(source, tags);
    const slow = one.faults.add({ method: "PUT", kind: "upload", effect: { kind: "latency", milliseconds: 700 } });
    await using stage = await openStage(mirror(source, [one]));
    const times = { lease: 500, renewal: 100, margin: 100 };
    // it takes one job, and its renewals are lost on the way until the other has ended
    const healed = Promise.withResolvers<void>();
    const { jobs } = stage.store;
    let claims = 0;
    const cutOff = withJobs(stage.store, {
      claim: async (...all) => (claims++ === 0 ? jobs.claim(...all) : undefined),
      wait: () => sleep(50),
      renew: async (...all) => healed.promise.then(() => jobs.renew(...all)),
    });
    const { run } = await stage.store.runs.begin(wish());
    stage.worker({ times, store: cutOff }).start();
    while (one.requests.count("PUT", "upload") === 0) await sleep(10);
    slow.remove();
    const eager = withJobs(stage.store, { wait: () => sleep(50) });
    stage.worker({ times: { ...times, lease: 5000 }, store: eager }).start();
    const ended = await stage.ended(run.id);
    assert.deepEqual([ended?.state, ended?.counts.copied], ["done", 4]);
    await sleep(800);
    healed.resolve();
    while (!stage.told.some(({ event }) => event === "job-lost")) await sleep(10);
    assert.deepEqual(puts(one), once(tags));
  });

  it("F35: an answer of the store that is lost makes nothing happen twice", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await putAll(source, ["1.0"]);
    await using stage = await openStage(mirror(source, [one]));
    let lost = 0;
    const lossy = withJobs(stage.store, {
      split: async (...all) => {
        const isOurs = await stage.store.jobs.split(...all);
        lost += 1;
        if (lost < 3) throw failure("STORE_UNREACHABLE", { where: "test", reason: "cut" }, { retryable: true });
        return isOurs;
      },
    });
    const worker = stage.worker({ store: lossy });
    worker.start();
    const run = await ran(stage);
    while (!stage.told.some(({ event }) => event === "job-ended")) await sleep(10);
    assert.deepEqual([run.state, run.counts?.copied, run.jobs, lost], ["done", 1, { total: 1, ended: 1 }, 3]);
    assert.deepEqual(run.lines, ["begun", "listed", "planned", "copied"]);
    assert.equal(stage.told.filter(({ event }) => event === "store-lost").length, 1);
  });

  it("waits for a mirror that another process knows already, and fails the run where it does not come", async () => {
    await using source = await startRegistry();
    await using one = await startRegistry();
    await putAll(source, ["1.0"]);
    await using stage = await openStage("mirrors: []");
    const worker = stage.worker({ patience: 20_000 });
    worker.start();
    const { run } = await stage.store.runs.begin(wish());
    while (!stage.told.some(({ event }) => event === "job-begun")) await sleep(10);
    stage.configure(mirror(source, [one]));
    assert.equal((await stage.ended(run.id))?.state, "done");
    await worker.drain(1000);
    const strict = stage.worker();
    strict.start();
    const unknown = await ran(stage, { mirror: "gone" });
    assert.deepEqual([unknown.state, unknown.error?.code], ["failed", "MIRROR_UNKNOWN"]);
  });

  it("gives up a job that ends every worker", async () => {
    await using source = await startRegistry();
    await using stage = await openStage(mirror(source, [source]));
    await stage.store.runs.begin(wish());
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      assert.ok((await stage.store.jobs.claim({ worker: `dead ${attempt}`, at: Date.now(), lease: -1 })) !== undefined);
    }
    const worker = stage.worker();
    worker.start();
    const [run] = await stage.store.runs.list({ limit: 1 });
    const ended = await stage.ended(run?.id ?? "");
    assert.deepEqual([ended?.state, ended?.error?.code], ["failed", "JOB_GIVEN_UP"]);
  });
});

/** The store with some questions about jobs answered in another way. */
function withJobs(store: Store, more: Partial<Store["jobs"]>): Store {
  const { jobs } = store;
  const bound: Store["jobs"] = {
    claim: (...all) => jobs.claim(...all),
    renew: (...all) => jobs.renew(...all),
    split: (...all) => jobs.split(...all),
    finish: (...all) => jobs.finish(...all),
    giveBack: (...all) => jobs.giveBack(...all),
    wait: (...all) => jobs.wait(...all),
    depth: () => jobs.depth(),
  };
  return { ...store, jobs: { ...bound, ...more } };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
