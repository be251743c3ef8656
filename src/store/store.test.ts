import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Folder, temporaryFolder } from "../testing/servers/folder.ts";
import { startPostgres, type TestPostgres } from "../testing/servers/postgres.ts";
import { openStore } from "./open.ts";
import {
  type HostRecord,
  type IncidentRecord,
  type Lease,
  type LogLine,
  NO_RUN_COUNTS,
  type RunCounts,
  type RunState,
  type TagRecord,
  type TagSummary,
} from "./records.ts";
import type { JobResult, RunWish, Store } from "./store.ts";

const T = 1_790_000_000_000;
const MINUTE = 60_000;
const LEASE = 20_000;

/** A database of one kind: `open` may be asked again, for a second process or for one that begins anew. */
interface Place {
  open(): Promise<Store>;
  /** Forgets all that is in it. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

async function sqlite(): Promise<Place> {
  const empty = await temporaryFolder("store");
  await (await openStore({ dataDir: empty.path })).close();
  let folder: Folder = await temporaryFolder("store");
  return {
    open: () => openStore({ dataDir: folder.path }),
    clear: async () => {
      await folder.remove();
      folder = await temporaryFolder("store");
      await copyFile(join(empty.path, "slipway.db"), join(folder.path, "slipway.db"));
    },
    close: async () => {
      await folder.remove();
      await empty.remove();
    },
  };
}

async function postgres(): Promise<Place> {
  const server: TestPostgres = await startPostgres();
  const url = await server.createDatabase();
  const tables = ["runs", "days", "tags", "places", "mirrors", "hosts", "messages", "incidents", "workers", "tokens"];
  const all = [...tables.map((table) => `slipway.${table}`), "slipway_queue.job"];
  return {
    open: () => openStore({ url }),
    clear: async () => {
      await server.query(url, all.map((table) => `delete from ${table}`).join(";"));
    },
    close: async () => server[Symbol.asyncDispose](),
  };
}

function wish(some: Partial<RunWish> = {}): RunWish {
  return { mirror: "busybox", trigger: "manual", key: `key ${Math.random()}`, at: T, ...some };
}

function counts(some: Partial<RunCounts>): RunCounts {
  return { ...NO_RUN_COUNTS, ...some };
}

function result(some: Partial<JobResult> = {}): JobResult {
  return { at: T + MINUTE, counts: NO_RUN_COUNTS, tags: [], lines: [], hosts: [], ...some };
}

function line(key: string): LogLine {
  return { at: T, level: "info", key, facts: { tag: "1.36", bytes: 5 } };
}

function tagAt(destination: string, some: Partial<TagRecord> = {}): TagRecord {
  const tag = destination.slice(destination.lastIndexOf(":") + 1);
  const source = `docker.io/library/busybox:${tag}`;
  return { mirror: "busybox", source, destination, tag, state: "in-step", checkedAt: T, inStepAt: T, ...some };
}

/** How a job ended, for a test's name. */
function shown({ counts: came = NO_RUN_COUNTS, error }: Partial<JobResult>): string {
  const numbers = Object.entries(came).filter(([, count]) => count > 0);
  const words = [...numbers.map(([name, count]) => `${count} ${name}`), ...(error ? ["an error"] : [])];
  return words.length === 0 ? "nothing to do" : words.join(", ");
}

const BROKEN = { code: "SOURCE_GONE", facts: { host: "docker.io", status: 404 }, retryable: false } as const;

for (const [kind, make] of [
  ["sqlite", sqlite],
  ["postgres", postgres],
] as const) {
  describe(`a store in ${kind}`, () => {
    let place: Place;
    let store: Store;
    let isOpen = false;

    before(async () => {
      place = await make();
    });
    beforeEach(async () => {
      if (isOpen && kind === "sqlite") {
        await store.close();
        isOpen = false;
      }
      if (isOpen || kind === "sqlite") await place.clear();
      if (!isOpen) store = await place.open();
      isOpen = true;
    });
    after(async () => {
      if (isOpen) await store.close();
      await place?.close();
    });

    const claim = (at = T, worker = "w1") => store.jobs.claim({ worker, at, lease: LEASE });
    async function claimed(at = T, worker = "w1"): Promise<Lease> {
      const lease = await claim(at, worker);
      assert.ok(lease, "there is a job");
      return lease;
    }
    async function batches(count: number, some: Partial<RunWish> = {}): Promise<readonly Lease[]> {
      await store.runs.begin(wish(some));
      const plan = await claimed();
      const tags = Array.from({ length: count }, (_, index) => ({ tags: [`${index}`] }));
      assert.equal(await store.jobs.split(plan, tags, result()), true);
      const leases: Lease[] = [];
      for (let index = 0; index < count; index += 1) leases.push(await claimed());
      return leases;
    }

    test("a run is queued, under way, and ended", async () => {
      const { run, isNew } = await store.runs.begin(
        wish({ by: "ops", tags: ["1.36"], trigger: "webhook", tick: T - 5 }),
      );
      assert.equal(isNew, true);
      const queued = { id: run.id, mirror: "busybox", trigger: "webhook", by: "ops", tags: ["1.36"] };
      const jobs = { total: 1, ended: 0 };
      assert.deepEqual(run, { ...queued, state: "queued", queuedAt: T, counts: NO_RUN_COUNTS, jobs });
      assert.deepEqual(await store.runs.get(run.id), run);

      const lease = await claimed(T + 1);
      assert.deepEqual(lease.run, { ...run, state: "running", startedAt: T + 1 });
      const { id, ...job } = lease.job;
      const plan = { run: run.id, mirror: "busybox", kind: "plan", tags: ["1.36"], state: "leased", attempts: 1 };
      assert.deepEqual(job, plan);
      assert.deepEqual([lease.worker, lease.epoch, id === run.id], ["w1", 1, false]);
      assert.equal(await claim(T + 2), undefined, "it is in one pair of hands");

      assert.equal(await store.jobs.finish(lease, result({ counts: counts({ copied: 2, bytesRead: 2 ** 40 }) })), true);
      assert.deepEqual(await store.runs.get(run.id), {
        ...lease.run,
        state: "done",
        endedAt: T + MINUTE,
        counts: counts({ copied: 2, bytesRead: 2 ** 40 }),
        jobs: { total: 1, ended: 1 },
      });
      assert.deepEqual(await store.mirrors.all(), [
        {
          mirror: "busybox",
          lastTick: T - 5,
          lastStartedAt: T + 1,
          lastEndedAt: T + MINUTE,
          lastState: "done",
        },
      ]);
    });

    test("later runs have greater ids, also when the clock goes back", async () => {
      const ids: string[] = [];
      for (const at of [T, T, T - 3_600_000, T + 1]) {
        ids.push((await store.runs.begin(wish({ mirror: `m${ids.length}`, at }))).run.id);
      }
      assert.deepEqual(ids.toSorted(), ids);
      for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    });

    test("the same key never makes a second run: queued, under way, ended, or joined", async () => {
      const { run } = await store.runs.begin(wish({ key: "k" }));
      await store.runs.begin(wish({ key: "joined" }));
      const again = async (key: string) => {
        const answer = await store.runs.begin(wish({ key }));
        assert.deepEqual([answer.run.id, answer.isNew], [run.id, false]);
      };
      await again("k");
      const lease = await claimed();
      await again("k");
      await again("joined");
      await store.jobs.finish(lease, result());
      await again("k");
      await again("joined");
      assert.equal(await claim(), undefined);
      const other = await store.runs.begin(wish({ key: "k", mirror: "alpine" }));
      assert.equal(other.isNew, true, "a key is one mirror's: one call may mean several");
    });

    const joins: readonly (readonly [string, readonly string[] | undefined, readonly string[] | undefined, unknown])[] =
      [
        ["tags add up", ["1", "2"], ["2", "3"], ["1", "2", "3"]],
        ["all wins over some", ["1"], undefined, undefined],
        ["some change nothing of all", undefined, ["1"], undefined],
      ];
    for (const [what, first, second, expected] of joins) {
      test(`a queued run is joined: ${what}`, async () => {
        const { run } = await store.runs.begin(wish({ tags: first }));
        const joined = await store.runs.begin(wish({ tags: second, trigger: "webhook" }));
        assert.deepEqual([joined.run.id, joined.isNew, joined.run.tags], [run.id, false, expected]);
        const lease = await claimed();
        assert.deepEqual([lease.job.tags, lease.run.tags, lease.run.trigger], [expected, expected, "manual"]);
        assert.equal(await claim(), undefined);
      });
    }

    test("what comes while a run is under way is queued behind it, and is let go by its end", async () => {
      const first = await store.runs.begin(wish());
      const lease = await claimed();
      const second = await store.runs.begin(wish());
      assert.equal(second.isNew, true);
      assert.equal((await store.runs.begin(wish())).run.id, second.run.id);
      assert.deepEqual(await store.jobs.depth(), { ready: 0, leased: 1 });
      assert.equal(await claim(), undefined);
      const others = await store.runs.begin(wish({ mirror: "alpine" }));
      assert.equal((await claimed()).run.id, others.run.id, "another mirror waits for nobody");
      await store.jobs.finish(lease, result());
      assert.equal((await claimed()).run.id, second.run.id);
      assert.deepEqual(
        (await store.runs.latest(["busybox", "none"])).map(({ id, state }) => [id, state]).toSorted(),
        [
          [first.run.id, "done"],
          [second.run.id, "running"],
        ].toSorted(),
      );
    });

    test("many who wish at once make one run, and many who ask at once get each job once", async () => {
      const wishes = Array.from({ length: 10 }, (_, index) => wish({ key: `k${index % 5}`, tags: [`${index}`] }));
      const answers = await Promise.all(wishes.map((one) => store.runs.begin(one)));
      assert.equal(new Set(answers.map(({ run }) => run.id)).size, 1);
      assert.equal(answers.filter(({ isNew }) => isNew).length, 1);
      const plans = (await Promise.all(wishes.map(() => claim()))).filter((lease) => lease !== undefined);
      assert.equal(plans.length, 1);
      const [plan] = plans;
      assert.ok(plan);
      assert.equal(plan.run.tags?.length, 5, "tags of a key that is known already do not count");
      await store.jobs.split(
        plan,
        Array.from({ length: 12 }, (_, index) => ({ tags: [`${index}`] })),
        result(),
      );
      const given: string[] = [];
      const work = async (worker: string) => {
        for (let lease = await claim(T, worker); lease !== undefined; lease = await claim(T, worker)) {
          given.push(String(lease.job.tags));
          assert.equal(await store.jobs.finish(lease, result({ counts: counts({ copied: 1 }) })), true);
        }
      };
      await Promise.all(["w1", "w2", "w3", "w4", "w5", "w6"].map(work));
      assert.deepEqual(
        given.map(Number).toSorted((one, other) => one - other),
        [...Array(12).keys()],
      );
      const run = await store.runs.get(plan.run.id);
      assert.deepEqual([run?.state, run?.counts.copied, run?.jobs], ["done", 12, { total: 13, ended: 13 }]);
    });

    test("a batch knows what the source has besides its tags, where the plan knew it", async () => {
      await store.runs.begin(wish());
      const parts = [
        { tags: ["1"], referrerTags: ["sha256-0.sig"] },
        { tags: ["2"], referrerTags: [] },
        { tags: ["3"] },
      ];
      await store.jobs.split(await claimed(), parts, result());
      const leases = [await claimed(), await claimed(), await claimed()];
      const seen = leases.map(({ job: { tags, referrerTags } }) => [tags, referrerTags]);
      assert.deepEqual(seen, [
        [["1"], ["sha256-0.sig"]],
        [["2"], []],
        [["3"], undefined],
      ]);
    });

    test("batches of a run that is under way come before the plan of another", async () => {
      await store.runs.begin(wish({ mirror: "a" }));
      const plan = await claimed();
      await store.runs.begin(wish({ mirror: "b" }));
      await store.jobs.split(plan, [{ tags: ["1"] }, { tags: ["2"] }], result());
      const order = [await claimed(), await claimed(), await claimed()];
      assert.deepEqual(
        order.map(({ job }) => [job.mirror, job.kind, job.tags]),
        [
          ["a", "batch", ["1"]],
          ["a", "batch", ["2"]],
          ["b", "plan", undefined],
        ],
      );
    });

    const ends: readonly (readonly [RunState, readonly Partial<JobResult>[]])[] = [
      ["done", [{ counts: counts({ copied: 1 }) }, { counts: counts({ skipped: 1 }) }]],
      ["done", [{}, {}]],
      ["partial", [{ counts: counts({ copied: 1 }) }, { counts: counts({ failed: 3 }) }]],
      ["partial", [{ counts: counts({ failed: 1, removed: 1 }) }, {}]],
      ["failed", [{ counts: counts({ failed: 1 }) }, { counts: counts({ failed: 3 }) }]],
      ["failed", [{ counts: counts({ copied: 1 }) }, { error: BROKEN }]],
    ];
    for (const [state, parts] of ends) {
      test(`a run whose jobs end so is ${state}: ${parts.map(shown).join(" and ")}`, async () => {
        const leases = await batches(parts.length);
        for (const [index, lease] of leases.entries()) {
          const before = await store.runs.get(lease.run.id);
          assert.deepEqual([before?.state, before?.jobs.ended], ["running", index + 1]);
          await store.jobs.finish(lease, result({ ...parts[index], lag: 100 - index }));
        }
        const [run] = await store.runs.list({ limit: 1 });
        assert.deepEqual(
          [run?.state, run?.endedAt, run?.error],
          [state, T + MINUTE, parts.find((one) => one.error)?.error],
        );
        assert.deepEqual(
          (await store.runs.points("busybox", 0)).map(({ lag }) => lag),
          [100],
        );
        assert.equal((await store.mirrors.all())[0]?.lastState, state);
      });
    }

    const successes: readonly (readonly [string, Partial<RunWish>, Partial<JobResult>, boolean])[] = [
      ["a full run with everything in step", {}, { tags: [tagAt("h/a:1")] }, true],
      ["a run of some tags", { tags: ["1"] }, { tags: [tagAt("h/a:1")] }, false],
      ["a run that put one off", {}, { tags: [tagAt("h/a:1"), tagAt("h/a:2", { state: "behind" })] }, false],
      ["a run with failures", {}, { counts: counts({ failed: 1, copied: 1 }), tags: [tagAt("h/a:1")] }, false],
    ];
    for (const [what, some, end, isSuccess] of successes) {
      test(`${what} ${isSuccess ? "is" : "is no"} success`, async () => {
        await store.runs.begin(wish(some));
        await store.jobs.finish(await claimed(), result(end));
        const [mirror] = await store.mirrors.all();
        assert.equal(mirror?.lastSuccessAt, isSuccess ? T + MINUTE : undefined);
      });
    }

    test("F33: a lease that ran out is taken over, and what the one before says then counts for nothing", async () => {
      const { run } = await store.runs.begin(wish());
      const stopped = await claimed(T, "w1");
      const progress = { at: T + 1000, lease: LEASE, counts: counts({ copied: 4 }), lines: [line("before")] };
      assert.equal(await store.jobs.renew(stopped, progress), "held");
      assert.equal(await claim(T + 1000 + LEASE - 1, "w2"), undefined, "a renewed lease lasts");
      const taken = await claimed(T + 1000 + LEASE, "w2");
      assert.deepEqual([taken.job.id, taken.job.attempts, taken.epoch], [stopped.job.id, 2, 2]);
      assert.deepEqual([taken.run.state, taken.run.startedAt], ["running", T]);

      const late = result({
        at: T + 10 * MINUTE,
        counts: counts({ copied: 9 }),
        tags: [tagAt("h/a:stale")],
        lines: [line("stale")],
        hosts: [{ host: "stale", limit: 1, remaining: 0, seenAt: T }],
        destinations: new Set(),
        error: BROKEN,
      });
      assert.equal(await store.jobs.renew(stopped, { ...progress, lines: [line("stale")] }), "lost");
      assert.equal(await store.jobs.split(stopped, [{ tags: ["stale"] }], late), false);
      assert.equal(await store.jobs.finish(stopped, late), false);
      await store.jobs.giveBack(stopped, T);
      assert.deepEqual((await store.runs.get(run.id))?.counts, counts({ copied: 4 }));
      assert.deepEqual(await store.jobs.depth(), { ready: 0, leased: 1 });

      assert.equal(await store.jobs.finish(taken, result({ counts: counts({ skipped: 4, copied: 1 }) })), true);
      assert.equal(await store.jobs.finish(stopped, late), false);
      const ended = await store.runs.get(run.id);
      assert.deepEqual([ended?.state, ended?.counts], ["done", counts({ skipped: 4, copied: 1 })]);
      assert.deepEqual(
        (await store.runs.lines(run.id, 0, 10)).map(({ key }) => key),
        ["before"],
      );
      assert.deepEqual([await store.tags.list("busybox", { limit: 9 }), await store.hosts.all()], [[], []]);
    });

    test("F33: another hand of the same process is another hand", async () => {
      await store.runs.begin(wish());
      const slow = await claimed(T, "w1");
      const taken = await claimed(T + LEASE, "w1");
      assert.equal(await store.jobs.finish(slow, result({ tags: [tagAt("h/a:stale")] })), false);
      assert.equal(await store.jobs.finish(taken, result()), true);
      assert.deepEqual(await store.tags.list("busybox", { limit: 9 }), []);
    });

    test("of many who want a lease that ran out, one has it", async () => {
      await store.runs.begin(wish());
      await claimed();
      const taken = await Promise.all(["a", "b", "c", "d", "e"].map((worker) => claim(T + LEASE, worker)));
      assert.equal(taken.filter((lease) => lease !== undefined).length, 1);
    });

    test("a worker that was only slow still has its job, while nobody took it", async () => {
      const { run } = await store.runs.begin(wish());
      const lease = await claimed();
      assert.equal(await store.jobs.finish(lease, result({ at: T + 60 * MINUTE })), true);
      assert.equal((await store.runs.get(run.id))?.state, "done");
    });

    test("F35: whoever lost an answer asks again: nothing is done twice", async (t) => {
      const { run } = await store.runs.begin(wish({ key: "k" }));
      const plan = await claimed();
      const progress = { at: T, lease: LEASE, counts: counts({ copied: 1 }), lines: [line("1"), line("2")] };
      assert.equal(await store.jobs.renew(plan, progress), "held");
      // Another process on the database, or the same one begun anew, knows of no answer.
      if (kind === "sqlite") await store.close();
      const other = await place.open();
      t.after(() => other.close());
      assert.equal(await other.jobs.renew(plan, { ...progress, lines: [...progress.lines, line("3")] }), "held");
      const split = result({ counts: counts({ copied: 2 }), lines: [line("4")] });
      for (let time = 0; time < 3; time += 1)
        assert.equal(await other.jobs.split(plan, [{ tags: ["a"] }, { tags: ["b"] }], split), true);
      assert.deepEqual((await other.runs.get(run.id))?.jobs, { total: 3, ended: 1 });
      const [one, two] = [
        await other.jobs.claim({ worker: "w2", at: T, lease: LEASE }),
        await other.jobs.claim({ worker: "w3", at: T, lease: LEASE }),
      ];
      assert.ok(one && two);
      for (const lease of [one, one, two, two]) {
        const copied = result({ counts: counts({ copied: 1 }), lines: [line("done")] });
        assert.equal(await other.jobs.finish(lease, copied), true);
      }
      const ended = await other.runs.get(run.id);
      assert.deepEqual([ended?.state, ended?.counts.copied, ended?.jobs], ["done", 4, { total: 3, ended: 3 }]);
      const lines = await other.runs.lines(run.id, 0, 100);
      assert.deepEqual(
        lines.map(({ key }) => key),
        ["1", "2", "3", "4", "done", "done"],
      );
      assert.deepEqual(
        lines.map(({ number }) => number),
        [1, 2, 3, 4, 5, 6],
      );
      await other.close();
      if (kind === "sqlite") store = await place.open();
    });

    test("all that comes of a job is kept, or nothing of it", async () => {
      const { run } = await store.runs.begin(wish());
      const plan = await claimed();
      const unwritable: TagRecord = tagAt("h/a:1", {
        error: {
          ...BROKEN,
          facts: Object.defineProperty({}, "x", { enumerable: true, get: () => assert.fail("now") }),
        },
      });
      const hosts = [{ host: "h", limit: 1, remaining: 1, seenAt: T }];
      const broken = result({ counts: counts({ copied: 1 }), lines: [line("1")], hosts, tags: [unwritable] });
      await assert.rejects(store.jobs.split(plan, [{ tags: ["1"] }], broken), { code: "STORE_FAILED" });
      assert.deepEqual(await store.runs.get(run.id), plan.run);
      assert.deepEqual([await store.runs.lines(run.id, 0, 9), await store.hosts.all()], [[], []]);
      assert.equal(await store.jobs.split(plan, [{ tags: ["1"] }], result({ lines: [line("1")] })), true);
      assert.equal((await store.runs.lines(run.id, 0, 9)).length, 1);
    });

    test("a job is as far as it said last, and starts anew in other hands", async () => {
      const [one, two] = await batches(2);
      assert.ok(one && two);
      const so = async (lease: Lease, copied: number, at = T) =>
        store.jobs.renew(lease, { at, lease: LEASE, counts: counts({ copied, requests: copied * 2 }), lines: [] });
      await so(one, 3);
      await so(two, 10);
      await so(one, 5);
      assert.deepEqual((await store.runs.get(one.run.id))?.counts, counts({ copied: 15, requests: 30 }));
      const taken = await claimed(T + LEASE, "w2");
      await so(taken, 1, T + LEASE);
      const left = taken.job.id === one.job.id ? 11 : 6;
      assert.equal((await store.runs.get(one.run.id))?.counts.copied, left);
    });

    test("a job that is given back is anybody's at once, and no more its giver's", async () => {
      await store.runs.begin(wish());
      const first = await claimed();
      await store.jobs.giveBack(first, T + 1);
      assert.deepEqual(await store.jobs.depth(), { ready: 1, leased: 0 });
      assert.equal(await store.jobs.finish(first, result()), false);
      const second = await claimed(T + 1, "w2");
      assert.deepEqual([second.job.id, second.job.attempts, second.epoch], [first.job.id, 2, 2]);
      assert.equal(await claim(), undefined);
    });

    test("a queued run that is cancelled ends at once", async () => {
      const { run } = await store.runs.begin(wish());
      assert.equal(await store.runs.cancel(run.id, T + 5), true);
      const ended = await store.runs.get(run.id);
      assert.deepEqual([ended?.state, ended?.endedAt, ended?.jobs], ["cancelled", T + 5, { total: 1, ended: 1 }]);
      assert.equal(await claim(), undefined);
      assert.equal(await store.runs.cancel(run.id, T + 6), false);
      assert.equal(await store.runs.cancel("00000000-0000-7000-8000-000000000000", T + 6), false);
      assert.deepEqual(await store.jobs.depth(), { ready: 0, leased: 0 });
    });

    test("of a run under way that is cancelled, nobody begins more, and who has some is told", async () => {
      await store.runs.begin(wish());
      const plan = await claimed();
      const { run: next } = await store.runs.begin(wish());
      await store.jobs.split(plan, [{ tags: ["1"] }, { tags: ["2"] }, { tags: ["3"] }], result());
      const lease = await claimed();
      assert.equal(await store.runs.cancel(plan.run.id, T), true);
      assert.equal(await claim(), undefined);
      assert.equal((await store.runs.get(plan.run.id))?.state, "running");
      const progress = { at: T, lease: LEASE, counts: counts({ copied: 1 }), lines: [] };
      assert.equal(await store.jobs.renew(lease, progress), "cancelled");
      assert.equal(await store.jobs.finish(lease, result({ counts: counts({ copied: 1 }) })), true);
      const ended = await store.runs.get(plan.run.id);
      assert.deepEqual([ended?.state, ended?.counts.copied, ended?.jobs], ["cancelled", 1, { total: 4, ended: 4 }]);
      assert.equal((await claimed()).run.id, next.id);
    });

    test("what parts have brought is added up where the rest of a run is cancelled", async () => {
      const leases = await batches(2);
      const [one, two] = leases;
      assert.ok(one && two);
      await store.jobs.finish(one, result({ tags: [tagAt("h/a:1")] }));
      await store.jobs.giveBack(two, T);
      await store.runs.cancel(one.run.id, T);
      assert.equal((await store.runs.get(one.run.id))?.state, "cancelled");
      assert.equal((await store.tags.summaries(0)).get("busybox")?.inStep, 1);
    });

    test("a plan that is cancelled makes no batches", async () => {
      await store.runs.begin(wish());
      const plan = await claimed();
      await store.runs.cancel(plan.run.id, T);
      assert.equal(await store.jobs.split(plan, [{ tags: ["1"] }], result({ lines: [line("1")] })), true);
      const run = await store.runs.get(plan.run.id);
      assert.deepEqual([run?.state, run?.jobs], ["cancelled", { total: 1, ended: 1 }]);
      assert.equal((await store.runs.lines(plan.run.id, 0, 9)).length, 1, "what it did is kept");
    });

    const leaving: readonly (readonly [string, (lease: Lease) => Promise<unknown>])[] = [
      ["dies", () => claim(T + LEASE, "w2")],
      ["gives it back", (lease) => store.jobs.giveBack(lease, T + LEASE)],
    ];
    for (const [what, leave] of leaving) {
      test(`a cancelled run whose worker ${what} ends all the same`, async () => {
        await store.runs.begin(wish());
        const plan = await claimed();
        await store.runs.cancel(plan.run.id, T);
        await leave(plan);
        const run = await store.runs.get(plan.run.id);
        assert.deepEqual([run?.state, run?.endedAt], ["cancelled", T + LEASE]);
        assert.equal(await store.jobs.finish(plan, result()), false);
      });
    }

    test("latest: of each mirror what is under way, queued, and ended last; nothing of others", async () => {
      for (let time = 0; time < 3; time += 1) {
        await store.runs.begin(wish());
        await store.jobs.finish(await claimed(), result({ at: T + time }));
      }
      await store.runs.begin(wish({ mirror: "other" }));
      await store.runs.begin(wish());
      const plans = [await claimed(), await claimed()];
      await store.runs.begin(wish());
      const latest = await store.runs.latest(["busybox"]);
      assert.deepEqual(latest.map(({ state }) => state).toSorted(), ["done", "queued", "running"]);
      assert.equal(latest.find(({ state }) => state === "done")?.endedAt, T + 2);
      assert.equal((await store.runs.latest(["busybox", "other"])).length, 4);
      assert.deepEqual([await store.runs.latest([]), plans.length], [[], 2]);
    });

    test("lists runs, the latest first, page by page, by mirror and state", async () => {
      const ids: string[] = [];
      for (const mirror of ["a", "b", "a", "b", "a"]) {
        ids.unshift((await store.runs.begin(wish({ mirror }))).run.id);
        const failed = ids.length % 2;
        await store.jobs.finish(await claimed(), result({ counts: counts({ failed }) }));
      }
      const list = async (query: Parameters<Store["runs"]["list"]>[0]) =>
        (await store.runs.list(query)).map(({ id }) => ids.indexOf(id));
      assert.deepEqual(await list({ limit: 10 }), [0, 1, 2, 3, 4]);
      assert.deepEqual(await list({ limit: 2 }), [0, 1]);
      assert.deepEqual(await list({ limit: 2, before: ids[1] }), [2, 3]);
      assert.deepEqual(await list({ limit: 9, mirror: "b" }), [1, 3]);
      assert.deepEqual(await list({ limit: 9, states: ["failed"] }), [0, 2, 4]);
      assert.deepEqual(await list({ limit: 9, states: ["failed", "done"], mirror: "a", before: ids[0] }), [2, 4]);
      assert.deepEqual(await list({ limit: 9, states: [] }), []);
    });

    test("points and sums of what has ended since then", async () => {
      const bytes = 2 ** 50;
      for (const [index, mirror] of ["a", "a", "b"].entries()) {
        await store.runs.begin(wish({ mirror, at: T + index }));
        const lease = await claimed(T + index * MINUTE);
        const came = counts({ copied: index, failed: index % 2, bytesWritten: bytes, requests: 3 });
        await store.jobs.finish(lease, result({ at: T + (index + 1) * MINUTE, counts: came, lag: 7 }));
      }
      const points = await store.runs.points("a", T);
      const run = { bytesWritten: bytes, seconds: 60, lag: 7 };
      assert.deepEqual(
        points.map(({ id: _any, ...point }) => point),
        [
          { ...run, endedAt: T + MINUTE, state: "done", copied: 0, failed: 0 },
          { ...run, endedAt: T + 2 * MINUTE, state: "partial", copied: 1, failed: 1 },
        ],
      );
      assert.equal((await store.runs.points("a", T + MINUTE + 1)).length, 1);
      const sum = counts({ copied: 1, failed: 1, bytesWritten: 2 * bytes, requests: 6 });
      const ended = await store.runs.ended(T);
      assert.deepEqual(ended.get("a"), { states: { done: 1, partial: 1 }, counts: sum });
      assert.deepEqual([...ended.keys()].toSorted(), ["a", "b"]);
      assert.deepEqual([...(await store.runs.ended(T + 3 * MINUTE)).keys()], ["b"]);
    });

    test("log lines are numbered through the jobs of a run, and read from any", async () => {
      const [one, two] = await batches(2);
      assert.ok(one && two);
      const error = { code: "X", facts: { n: 1 }, retryable: true, side: "source" } as const;
      const at = { at: T, lease: LEASE, counts: NO_RUN_COUNTS };
      await store.jobs.renew(one, { ...at, lines: [line("1"), { ...line("2"), level: "error", error }] });
      await store.jobs.renew(two, { ...at, lines: [line("3")] });
      await store.jobs.finish(one, result({ lines: Array.from({ length: 700 }, () => line("many")) }));
      assert.deepEqual(await store.runs.lines(one.run.id, 1, 2), [
        { ...line("2"), number: 2, level: "error", error },
        { ...line("3"), number: 3 },
      ]);
      assert.deepEqual(
        (await store.runs.lines(one.run.id, 701, 9)).map(({ number }) => number),
        [702, 703],
      );
    });

    test("a tick that was seen to stays so when an earlier one comes", async () => {
      await store.mirrors.passTick("a", T);
      await store.mirrors.passTick("a", T - 5);
      await store.runs.begin(wish({ mirror: "a", tick: T - 3 }));
      assert.equal((await store.mirrors.all())[0]?.lastTick, T);
      await store.runs.begin(wish({ mirror: "a", tick: T + 1 }));
      assert.equal((await store.mirrors.all())[0]?.lastTick, T + 1);
    });

    describe("waiting for work", () => {
      const never = new AbortController().signal;
      async function takes(wait: Promise<void>): Promise<number> {
        const start = performance.now();
        await wait;
        return performance.now() - start;
      }

      test("ends when a run is begun, also between the look and the wait", async () => {
        assert.equal(await claim(), undefined);
        const waiting = takes(store.jobs.wait(10_000, never));
        await store.runs.begin(wish());
        assert.ok((await waiting) < 5000);
        const plan = await claimed();
        assert.equal(await claim(), undefined);
        await store.jobs.split(plan, [{ tags: ["1"] }, { tags: ["2"] }], result());
        const lanes = [store.jobs.wait(10_000, never), store.jobs.wait(10_000, never)];
        assert.ok((await takes(Promise.all(lanes).then(() => undefined))) < 5000);
      });

      test("ends when the run before ends, or a job is given back", async () => {
        await store.runs.begin(wish());
        const first = await claimed();
        await store.runs.begin(wish());
        assert.equal(await claim(), undefined);
        const waiting = takes(store.jobs.wait(10_000, never));
        await store.jobs.finish(first, result());
        assert.ok((await waiting) < 5000);
        const second = await claimed();
        assert.equal(await claim(), undefined);
        const again = takes(store.jobs.wait(10_000, never));
        await store.jobs.giveBack(second, T);
        assert.ok((await again) < 5000);
      });

      test("ends with its time or its signal", async () => {
        assert.equal(await claim(), undefined);
        assert.ok((await takes(store.jobs.wait(30, never))) >= 25);
        const stop = new AbortController();
        const waiting = takes(store.jobs.wait(10_000, stop.signal));
        stop.abort();
        assert.ok((await waiting) < 5000);
        assert.ok((await takes(store.jobs.wait(10_000, stop.signal))) < 5000);
      });
    });

    async function tagged(
      tags: readonly TagRecord[],
      some: Partial<JobResult> = {},
      mirror = "busybox",
    ): Promise<void> {
      await store.runs.begin(wish({ mirror, tags: ["some"] }));
      assert.equal(await store.jobs.finish(await claimed(), result({ tags, ...some })), true);
    }

    test("tags are known as they were when they were last looked at", async () => {
      const behind = tagAt("h/a:1", { state: "failed", error: BROKEN, behindSince: T, sourceDigest: "sha256:1" });
      await tagged([behind, tagAt("h/a:2")]);
      assert.deepEqual(await store.tags.find("busybox", ["h/a:1", "h/a:3"]), [behind]);
      const inStep = tagAt("h/a:1", { arrivedAt: T + 5, lag: 5, destinationDigest: "sha256:1" });
      await tagged([tagAt("h/a:1", { state: "behind" }), inStep]);
      assert.deepEqual(await store.tags.find("busybox", ["h/a:1"]), [inStep]);
      assert.deepEqual(await store.tags.find("other", ["h/a:1"]), []);
      assert.deepEqual(await store.tags.find("busybox", []), []);
    });

    test("many tags at once: kept, found, and those that are no more forgotten", async () => {
      const many = Array.from({ length: 2300 }, (_, index) => tagAt(`h/a:${String(index).padStart(5, "0")}`));
      const names = many.map(({ destination }) => destination);
      await tagged(many);
      assert.equal((await store.tags.find("busybox", names)).length, 2300);
      await tagged([], { destinations: new Set(names.filter((_, index) => index % 3 === 0)) });
      assert.deepEqual(
        (await store.tags.find("busybox", names)).map(({ destination }) => destination).toSorted(),
        names.filter((_, index) => index % 3 === 0),
      );
      await tagged([tagAt("h/b:1", { mirror: "other" })], {}, "other");
      await tagged([], { destinations: new Set() });
      assert.deepEqual([...(await store.tags.summaries(0)).keys()], ["other"]);
    });

    test("lists tags by name, all their destinations together; pages, states, and what is searched as it is written", async () => {
      const of = (tag: string, state: TagRecord["state"] = "in-step") => [
        tagAt(`b/x:${tag}`, { state }),
        tagAt(`a/x:${tag}`),
      ];
      await tagged([...of("1.36"), ...of("1_36", "failed"), ...of("a%b"), ...of("Z", "behind"), ...of("z\\y")]);
      const list = async (query: Omit<Parameters<Store["tags"]["list"]>[1], "limit">, limit = 9) =>
        (await store.tags.list("busybox", { ...query, limit })).map(({ destination }) => destination);
      const both = (...tags: readonly string[]) => tags.flatMap((tag) => [`a/x:${tag}`, `b/x:${tag}`]);
      assert.deepEqual(await list({}), both("1.36", "1_36", "Z", "a%b", "z\\y"), "in the order of bytes");
      assert.deepEqual(await list({}, 2), both("1.36", "1_36"));
      assert.deepEqual(await list({ after: "1_36" }, 2), both("Z", "a%b"));
      assert.deepEqual(await list({ state: "failed" }), both("1_36"));
      assert.deepEqual(await list({ state: "behind", after: "Z" }), []);
      const searches: readonly (readonly [string, readonly string[]])[] = [
        ["36", ["1.36", "1_36"]],
        ["1_3", ["1_36"]],
        ["%", ["a%b"]],
        ["\\", ["z\\y"]],
        ["z", ["Z", "z\\y"]],
        ["", ["1.36", "1_36", "Z", "a%b", "z\\y"]],
        ["'", []],
      ];
      for (const [search, tags] of searches) assert.deepEqual(await list({ search }), both(...tags), search);
    });

    test("summaries: what each mirror comes to, and each of its destinations", async () => {
      await tagged([
        tagAt("h:5000/a:1", { lag: 50, arrivedAt: T + 10, inStepAt: T + 1 }),
        tagAt("h:5000/a:2", { lag: 900, arrivedAt: T - 10, behindSince: T - 99 }),
        tagAt("g/b:1", { state: "behind", behindSince: T - 7, inStepAt: T + 3 }),
        tagAt(`g/b@sha256:${"0".repeat(64)}`, { state: "failed", behindSince: T - 8, inStepAt: undefined }),
      ]);
      const at = { total: 2, inStep: 2, behind: 0, failed: 0, lag: 50, inStepAt: T + 1 };
      const behind = { total: 2, inStep: 0, behind: 1, failed: 1, behindSince: T - 8, inStepAt: T + 3 };
      const all = { total: 4, inStep: 2, behind: 1, failed: 1, behindSince: T - 8, lag: 50, inStepAt: T + 3 };
      const summaries = await store.tags.summaries(T);
      assert.deepEqual([...summaries.keys()], ["busybox"]);
      const destinations = new Map<string, TagSummary>([
        ["g/b", behind],
        ["h:5000/a", at],
      ]);
      assert.deepEqual(summaries.get("busybox"), { ...all, destinations });
      assert.equal((await store.tags.summaries(T + 11)).get("busybox")?.lag, undefined);
    });

    test("mirrors that are no more are forgotten, save what is under way", async () => {
      for (const mirror of ["a", "b"]) await tagged([tagAt("h/a:1", { mirror })], {}, mirror);
      await store.mirrors.passTick("c", T);
      await store.runs.begin(wish({ mirror: "d" }));
      await store.tags.keepOnly(["a"]);
      assert.deepEqual([...(await store.tags.summaries(0)).keys()], ["a"]);
      assert.deepEqual(
        (await store.mirrors.all()).map(({ mirror }) => mirror),
        ["a", "d"],
      );
      await store.jobs.finish(await claimed(), result());
      await store.tags.keepOnly([]);
      assert.deepEqual([(await store.tags.summaries(0)).size, await store.mirrors.all()], [0, []]);
    });

    test("of a host counts what it told last", async () => {
      const host = (name: string, seenAt: number, remaining: number): HostRecord => {
        return { host: name, limit: 100, remaining, seenAt };
      };
      await tagged([], { hosts: [host("b", T, 5), host("a", T, 9), host("a", T + 5, 8), host("a", T + 1, 7)] });
      await tagged([], { hosts: [host("a", T + 4, 6), host("b", T + 1, 4)] });
      assert.deepEqual(await store.hosts.all(), [host("a", T + 5, 8), host("b", T + 1, 4)]);
    });

    test("a message is kept once, taken by one, and what became of it stays", async () => {
      const message = (id: string, channel: string, nextAt = T) => {
        return { id, channel, message: '{"title":"x"}', createdAt: T, nextAt };
      };
      await store.outbox.put([message("1", "feishu"), message("1", "slack", T + 9), message("2", "feishu")]);
      await store.outbox.put([{ ...message("1", "feishu"), message: "other" }]);
      await store.outbox.put([]);
      const taken = (await Promise.all([1, 1, 1].map((limit) => store.outbox.take(T, 1000, limit)))).flat();
      assert.deepEqual(taken.map(({ id, channel, attempts }) => [id, channel, attempts]).toSorted(), [
        ["1", "feishu", 1],
        ["2", "feishu", 1],
      ]);
      assert.deepEqual(await store.outbox.take(T + 8, 1000, 9), [], "held, or not due");
      await store.outbox.record({ id: "1", channel: "feishu", state: "sent", nextAt: T, sentAt: T + 2 });
      await store.outbox.record({ id: "1", channel: "feishu", state: "waiting", nextAt: T, error: BROKEN });
      await store.outbox.record({ id: "2", channel: "feishu", state: "waiting", nextAt: T + 5000, error: BROKEN });
      assert.deepEqual(
        (await store.outbox.take(T + 2000, 1000, 9)).map(({ channel }) => channel),
        ["slack"],
      );
      const again = (await store.outbox.take(T + 5000, 1000, 9)).find(({ id }) => id === "2");
      assert.deepEqual([again?.attempts, again?.error, again?.nextAt], [2, BROKEN, T + 6000]);
      const sent = { ...message("1", "feishu"), state: "sent", attempts: 1, sentAt: T + 2 };
      assert.deepEqual(
        (await store.outbox.list(9)).find(({ id, channel }) => id === "1" && channel === "feishu"),
        sent,
      );
      assert.equal((await store.outbox.list(1)).length, 1);
      assert.deepEqual(await store.outbox.counts(), [
        { channel: "feishu", state: "sent", count: 1 },
        { channel: "feishu", state: "waiting", count: 1 },
        { channel: "slack", state: "waiting", count: 1 },
      ]);
    });

    test("what is wrong changes only from what was read, and with what is said of it", async () => {
      const was: IncidentRecord = { kind: "sync", subject: "busybox", since: T, times: 1, error: BROKEN };
      const is: IncidentRecord = { ...was, times: 2, toldAt: T + 5 };
      const said = (id: string) => [{ id, channel: "slack", message: "{}", createdAt: T, nextAt: T }];
      const { change } = store.incidents;
      const make = change.bind(store.incidents);
      const first = await Promise.all(["a", "b", "c"].map((id) => make([{ is: was }], said(id))));
      assert.deepEqual(first.toSorted(), [false, false, true]);
      assert.equal((await store.outbox.list(9)).length, 1);
      assert.equal(await make([{ was: { ...was, toldAt: undefined }, is }], said("d")), true);
      assert.equal(await make([{ was, is }], said("e")), false);
      const other: IncidentRecord = { kind: "lag", subject: "busybox", since: T, times: 1 };
      assert.equal(await make([{ is: other }, { was }], said("f")), false, "all of them, or none");
      assert.deepEqual(await store.incidents.all(), [is]);
      assert.equal(await make([{ is: other }, { was: is }], said("g")), true);
      assert.deepEqual(await store.incidents.all(), [other]);
      assert.deepEqual((await store.outbox.list(9)).map(({ id }) => id).slice(0, 2), ["g", "d"]);
    });

    test("workers and tokens: the latest word of each", async () => {
      const worker = { id: "w", host: "h", version: "1", startedAt: T, seenAt: T, busy: 0 };
      await store.workers.seen(worker);
      await store.workers.seen({ ...worker, seenAt: T + 5, busy: 3 });
      assert.deepEqual(await store.workers.all(), [{ ...worker, seenAt: T + 5, busy: 3 }]);
      await store.workers.gone("w");
      assert.deepEqual(await store.workers.all(), []);

      const token = { name: "ci", role: "reader", hash: "00", createdAt: T } as const;
      await store.tokens.put(token);
      await store.tokens.used("ci", T + 1);
      assert.deepEqual(await store.tokens.all(), [{ ...token, usedAt: T + 1 }]);
      await store.tokens.put({ ...token, role: "operator", hash: "11" });
      assert.deepEqual(await store.tokens.all(), [{ ...token, role: "operator", hash: "11" }]);
      assert.deepEqual([await store.tokens.remove("ci"), await store.tokens.remove("ci")], [true, false]);
    });

    test("forgets what has ended before then: runs with all of theirs, messages, workers; the last run stays", async () => {
      const ids: string[] = [];
      for (let time = 0; time < 5; time += 1) {
        ids.push((await store.runs.begin(wish({ key: `k${time}` }))).run.id);
        await store.jobs.finish(await claimed(), result({ at: T + time, lines: [line("1")] }));
      }
      await store.runs.begin(wish({ mirror: "open" }));
      const message = { channel: "c", message: "{}", createdAt: T - 9, nextAt: T };
      await store.outbox.put([
        { ...message, id: "sent" },
        { ...message, id: "waiting" },
      ]);
      await store.outbox.record({ id: "sent", channel: "c", state: "sent", nextAt: T });
      for (const seenAt of [T - 9, T + 9]) {
        await store.workers.seen({ id: `${seenAt}`, host: "h", version: "1", startedAt: T, seenAt, busy: 0 });
      }
      await store.forget(T + 2);
      const left = async () =>
        (await store.runs.list({ mirror: "busybox", limit: 9 })).map(({ id }) => ids.indexOf(id));
      assert.deepEqual(await left(), [4, 3, 2]);
      assert.deepEqual(
        (await store.outbox.list(9)).map(({ id }) => id),
        ["waiting"],
      );
      assert.deepEqual(
        (await store.workers.all()).map(({ id }) => id),
        [`${T + 9}`],
      );
      assert.equal((await store.runs.begin(wish({ key: "k3" }))).isNew, false, "keys last as long as their runs");
      await store.forget(T + 99);
      assert.deepEqual(await left(), [4]);
      assert.equal((await store.runs.begin(wish({ key: "k4" }))).isNew, false);
      assert.deepEqual(await store.runs.lines(ids[3] ?? "", 0, 9), []);
      assert.equal((await store.runs.list({ states: ["queued"], limit: 9 })).length, 1, "what is open stays");
    });

    test("forgets many, some at a time", async () => {
      const mirrors = Array.from({ length: 10 }, (_, index) => `m${index}`);
      await Promise.all(
        mirrors.map(async (mirror) => {
          for (let time = 0; time < 12; time += 1) {
            const { run } = await store.runs.begin(wish({ mirror, at: T + time }));
            await store.runs.cancel(run.id, T + time);
          }
        }),
      );
      await store.forget(T + 99);
      assert.equal((await store.runs.list({ limit: 99 })).length, mirrors.length);
    });

    test("answers when it is asked whether it does", () => store.ping());
  });
}
