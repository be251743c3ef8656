import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres, type TestPostgres } from "../../testing/servers/postgres.ts";
import { SlipwayError } from "../../words/index.ts";
import { openStore } from "../open.ts";
import { NO_RUN_COUNTS, type NumberedLine } from "../records.ts";
import type { JobResult, Store } from "../store.ts";

const T = 1_790_000_000_000;
const OPEN = new URL("../open.ts", import.meta.url).href;

let server: TestPostgres;
before(async () => {
  server = await startPostgres();
});
after(() => server?.[Symbol.asyncDispose]());

/** Opens a store that is closed with the test, whatever becomes of it. */
async function opened(context: TestContext, url: string): Promise<Store> {
  const store = await openStore({ url });
  context.after(() => store.close());
  return store;
}

function result(some: Partial<JobResult> = {}): JobResult {
  return { at: Date.now(), counts: NO_RUN_COUNTS, tags: [], lines: [], hosts: [], ...some };
}

test("several processes that begin at once on an empty database make its tables once", async (t) => {
  const url = await server.createDatabase();
  const stores = await Promise.all([1, 2, 3].map(() => opened(t, url)));
  const runs = await Promise.all(
    stores.map((store) => store.runs.begin({ mirror: "m", trigger: "manual", key: "k", at: T })),
  );
  assert.equal(new Set(runs.map(({ run }) => run.id)).size, 1);
});

test("a database of a later version is refused", async () => {
  const url = await server.createDatabase();
  await (await openStore({ url })).close();
  await server.query(url, "insert into slipway.kysely_migration values ('0009-later', '2030-01-01T00:00:00.000Z')");
  await assert.rejects(openStore({ url }), { code: "STORE_TOO_NEW", retryable: false });
});

test("what cannot be opened is named, without its password", async () => {
  const at = new URL(await server.createDatabase());
  const wrong: readonly (readonly [string, object])[] = [
    ["mysql://root:hunter2@127.0.0.1/x", { code: "STORE_URL_INVALID" }],
    ["postgres://u:hunter2@127.0.0.1:port/x", { code: "STORE_URL_INVALID" }],
    ["postgres://u:hunter2@127.0.0.1:1/x", { code: "STORE_UNREACHABLE", retryable: true }],
    [`postgres://postgres:hunter2@127.0.0.1:${at.port}/none`, { code: "STORE_FAILED", retryable: false }],
  ];
  for (const [url, expected] of wrong) {
    await assert.rejects(openStore({ url }), (error: unknown) => {
      assert.ok(error instanceof SlipwayError, url);
      const { code, retryable } = error;
      assert.deepEqual({ code, retryable, ...expected }, { code, retryable });
      assert.doesNotMatch(JSON.stringify([error.message, error.facts, String(error.cause)]), /hunter2/);
      return true;
    });
  }
});

test("a message is put into the queue with its job, and gone when the job is taken", async (t) => {
  const url = await server.createDatabase();
  const store = await opened(t, url);
  const together = `select count(*)::int as count from slipway.jobs job join slipway_queue.job message
    on message.data->>'job' = job.id and message.xmin = job.xmin`;
  const left = "select count(*)::int as count from slipway_queue.job";
  const count = async (text: string) => (await server.query(url, text))[0]?.count;
  await store.runs.begin({ mirror: "m", trigger: "manual", key: "k", at: T });
  assert.equal(await count(together), 1);
  const plan = await store.jobs.claim({ worker: "w", at: T, lease: 1000 });
  assert.ok(plan);
  assert.equal(await count(left), 0);
  await store.jobs.split(plan, [{ tags: ["1"] }, { tags: ["2"] }], result());
  assert.equal(await count(together), 2);
  const batch = await store.jobs.claim({ worker: "w", at: T, lease: 1000 });
  assert.ok(batch);
  await store.jobs.giveBack(batch, T);
  assert.equal(await count(left), 2);
});

test("a job that the queue has lost is taken all the same, a minute later", async (t) => {
  const url = await server.createDatabase();
  const store = await opened(t, url);
  await store.runs.begin({ mirror: "m", trigger: "manual", key: "k", at: T });
  await server.query(url, "delete from slipway_queue.job");
  const claim = (at: number) => store.jobs.claim({ worker: "w", at, lease: 1000 });
  assert.equal(await claim(T + 59_999), undefined);
  assert.equal((await claim(T + 60_000))?.run.mirror, "m");
});

test("F33: a worker that is stopped past its lease, then goes on, writes nothing", async (t) => {
  const url = await server.createDatabase();
  const store = await opened(t, url);
  await store.runs.begin({ mirror: "m", trigger: "manual", key: "k", at: Date.now() });
  const tag = { mirror: "m", source: "s", destination: "d:1", tag: "1", state: "in-step", checkedAt: T };
  const script = `
    const { openStore } = await import(${JSON.stringify(OPEN)});
    const store = await openStore({ url: ${JSON.stringify(url)} });
    const lease = await store.jobs.claim({ worker: "stopped", at: Date.now(), lease: 200 });
    console.log("has it");
    await new Promise((resolve) => process.stdin.once("data", resolve));
    const result = ${JSON.stringify({ ...result(), tags: [tag] })};
    const renewed = await store.jobs.renew(lease, { at: Date.now(), lease: 9000, counts: result.counts, lines: [] });
    console.log(JSON.stringify([renewed, await store.jobs.finish(lease, result)]));
    process.exit();`;
  const stopped = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const words = stopped.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  assert.equal((await words.next()).value, "has it\n");
  stopped.kill("SIGSTOP");
  await sleep(250);
  const taken = await store.jobs.claim({ worker: "w2", at: Date.now(), lease: 20_000 });
  assert.deepEqual([taken?.worker, taken?.epoch], ["w2", 2]);
  stopped.stdin.write("go on\n");
  stopped.kill("SIGCONT");
  assert.deepEqual(JSON.parse((await words.next()).value), ["lost", false]);
  await once(stopped, "exit");
  assert.deepEqual(await store.tags.list("m", { limit: 9 }), []);
  assert.ok(taken !== undefined && (await store.jobs.finish(taken, result())));
});

/** Asks until there is an answer, as a daemon does; how often there was none is counted. */
async function insist<T>(outages: { count: number }, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      assert.ok(error instanceof SlipwayError && error.retryable, String(error));
      assert.equal(error.code, "STORE_UNREACHABLE");
      outages.count += 1;
      await sleep(20);
    }
  }
}

test("F35: PostgreSQL restarts, and is killed, under load: no run is lost, nothing is done twice", async (t) => {
  const url = await server.createDatabase();
  const stores = await Promise.all([1, 2, 3].map(() => opened(t, url)));
  const outages = { count: 0 };
  const over = new AbortController();
  const wished: string[] = [];
  async function wishes(store: Store, name: string): Promise<void> {
    for (let number = 0; !over.signal.aborted; number += 1) {
      const key = `${name} ${number}`;
      const mirror = `m${number % 5}`;
      const { run } = await insist(outages, () =>
        store.runs.begin({ mirror, trigger: "manual", key, tags: [key], at: Date.now() }),
      );
      wished.push(run.id);
      await sleep(60);
    }
  }
  const batches = [{ tags: ["1"] }, { tags: ["2"] }, { tags: ["3"] }];
  async function works(store: Store, worker: string): Promise<void> {
    for (;;) {
      const lease = await insist(outages, () => store.jobs.claim({ worker, at: Date.now(), lease: 1500 }));
      if (lease === undefined) {
        if (
          over.signal.aborted &&
          (await insist(outages, () => store.runs.list({ limit: 1, states: ["queued", "running"] }))).length === 0
        )
          return;
        await store.jobs.wait(100, new AbortController().signal);
        continue;
      }
      const line = { at: Date.now(), level: "info", key: lease.job.id, facts: {} } as const;
      const copied = { ...NO_RUN_COUNTS, copied: 1 };
      const progress = { at: Date.now(), lease: 1500, counts: copied, lines: [line] };
      if ((await insist(outages, () => store.jobs.renew(lease, progress))) === "lost") continue;
      const parts = lease.job.kind === "plan" ? batches : [];
      await insist(outages, () => store.jobs.split(lease, parts, result({ counts: copied, lines: [line] })));
    }
  }
  const running = stores.flatMap((store, index) => [
    wishes(store, `${index}`),
    works(store, `a${index}`),
    works(store, `b${index}`),
  ]);
  await sleep(400);
  await server.restart();
  await sleep(400);
  await server.kill();
  await sleep(100);
  await server.start();
  await sleep(400);
  over.abort();
  await Promise.all(running);

  const [store] = stores;
  assert.ok(store);
  assert.ok(outages.count > 0, "it was felt");
  const runs = await store.runs.list({ limit: 1000 });
  assert.deepEqual(new Set(runs.map(({ id }) => id)), new Set(wished), "every wish has its run, and there is no other");
  for (const run of runs) {
    assert.deepEqual([run.state, run.jobs, run.counts.copied], ["done", { total: 4, ended: 4 }, 4]);
    const lines: readonly NumberedLine[] = await store.runs.lines(run.id, 0, 100);
    const byJob = Map.groupBy(lines, ({ key }) => key);
    assert.equal(byJob.size, 4);
    assert.deepEqual(
      lines.map(({ number }) => number),
      lines.map((_, index) => index + 1),
    );
  }
  assert.deepEqual(await store.jobs.depth(), { ready: 0, leased: 0 });
  const all = runs.flatMap(({ tags }) => tags ?? []);
  assert.equal(new Set(all).size, all.length, "no wish is in two runs");
  assert.equal(all.length, wished.length);

  // Whoever waits is woken again, by the connection that listens.
  await sleep(1200);
  assert.equal(await store.jobs.claim({ worker: "w", at: Date.now(), lease: 1000 }), undefined);
  const waiting = store.jobs.wait(30_000, new AbortController().signal);
  const start = performance.now();
  await stores[1]?.runs.begin({ mirror: "m", trigger: "manual", key: "after", at: Date.now() });
  await waiting;
  assert.ok(performance.now() - start < 15_000);
});
