import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lease, LogLine } from "../../store/records.ts";
import { NO_RUN_COUNTS } from "../../store/records.ts";
import type { Held, Progress } from "../../store/store.ts";
import { failure } from "../../words/error.ts";
import { Hold } from "./hold.ts";
import { Journal } from "./journal.ts";

const TIMES = { lease: 1000, renewal: 10, margin: 100 };

const run = {
  id: "r",
  mirror: "app",
  trigger: "manual",
  state: "running",
  queuedAt: 0,
  counts: NO_RUN_COUNTS,
  jobs: { total: 1, ended: 0 },
} as const;
const lease: Lease = {
  job: { id: "j", run: "r", mirror: "app", kind: "plan", state: "leased", attempts: 1 },
  run,
  worker: "w",
  epoch: 1,
};

/** A hold by a clock that the test moves, and what it tells the store; `answers` are the store's. */
function setting(answers: (number: number) => Held | "down" = () => "held") {
  const clock = { now: 0 };
  const told: Progress[] = [];
  const warnings: string[] = [];
  const journal = new Journal(Date.now, () => false);
  const renew = async (_: Lease, progress: Progress): Promise<Held> => {
    told.push(progress);
    const answer = answers(told.length);
    if (answer === "down") throw failure("STORE_UNREACHABLE", { where: "x", reason: "down" }, { retryable: true });
    return answer;
  };
  const hold = new Hold(lease, 0, {
    jobs: { renew },
    journal,
    now: () => 5,
    times: TIMES,
    warn: ({ code }) => warnings.push(code),
    steady: () => clock.now,
  });
  const renewals = async (count: number) => {
    while (told.length < count) await sleep(2);
    await sleep(2);
  };
  return { hold, journal, clock, told, warnings, renewals };
}

const keys = (lines: readonly LogLine[] = []) => lines.map(({ key }) => key);

test("a job is kept for as long as it is renewed, and each line is told once", async () => {
  const { hold, journal, clock, told, renewals } = setting();
  journal.say("info", "one", {});
  for (let passed = 0; passed < 5; passed += 1) {
    await renewals(told.length + 1);
    clock.now += 500;
    hold.check();
    await hold.writable();
  }
  journal.say("info", "two", {});
  await renewals(told.length + 2);
  await hold.end();
  assert.deepEqual(
    told.flatMap(({ lines }) => keys(lines)),
    ["one", "two"],
  );
  assert.deepEqual([told[0]?.at, told[0]?.lease], [5, 1000]);
  assert.equal(hold.signal.aborted, false);
  const count = told.length;
  await sleep(30);
  assert.equal(told.length, count);
});

test("F33: past the lease nothing is written, whether or not anybody has told us", async () => {
  const { hold, clock } = setting(() => "down");
  hold.check();
  clock.now = 901;
  assert.throws(hold.check, { code: "LEASE_EXPIRED" });
  // once is for good: others may have it by now
  clock.now = 0;
  assert.throws(hold.check, { code: "LEASE_EXPIRED" });
  assert.equal(hold.isStop(failure("LEASE_EXPIRED", { run: "r" }).on("destination")), true);
  assert.equal(hold.isLost, false);
  await hold.end();
});

test("F35: while the store is away writing waits, and goes on when the job is still ours", async () => {
  const { hold, clock, warnings, renewals } = setting((number) => (number < 4 ? "down" : "held"));
  clock.now = 5000;
  let goesOn = false;
  const written = hold.writable().then(() => {
    goesOn = true;
  });
  await renewals(3);
  assert.equal(goesOn, false);
  assert.deepEqual(warnings, ["STORE_UNREACHABLE", "STORE_UNREACHABLE", "STORE_UNREACHABLE"]);
  await written;
  hold.check();
  await hold.end();
});

test("lines that were told in vain are told again", async () => {
  const { hold, journal, told, renewals } = setting((number) => {
    if (number === 1) journal.say("info", "two", {});
    return number === 1 ? "down" : "held";
  });
  journal.say("info", "one", {});
  await renewals(3);
  await hold.end();
  assert.deepEqual([keys(told[0]?.lines), keys(told[1]?.lines), keys(told[2]?.lines)], [["one"], ["one", "two"], []]);
});

test("a job in other hands, and one that is cancelled, is stopped; writing that waits ends", async () => {
  for (const [answer, code] of [
    ["lost", "LEASE_LOST"],
    ["cancelled", "RUN_CANCELLED"],
  ] as const) {
    const { hold, clock, renewals } = setting(() => answer);
    clock.now = answer === "lost" ? 5000 : 0;
    const written = clock.now === 0 ? renewals(1).then(() => hold.writable()) : hold.writable();
    await assert.rejects(written, { code });
    assert.equal(hold.isLost, answer === "lost");
    await hold.end();
  }
});
