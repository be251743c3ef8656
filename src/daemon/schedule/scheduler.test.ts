import assert from "node:assert/strict";
import { test } from "node:test";
import type { MirrorRecord } from "../../store/records.ts";
import { delayOf } from "./jitter.ts";
import { ManualClock } from "./manual-clock.ts";
import { type Due, Scheduler, type Timed } from "./scheduler.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse("2026-11-26T12:00:30Z");

const every = (interval: number, jitter = 0): Timed => ({ schedule: { kind: "every", every: interval }, jitter });
const daily: Timed = { schedule: { kind: "cron", cron: "30 2 * * *", timeZone: "Europe/Berlin" }, jitter: 0 };

/** A scheduler over a clock that the test moves. A tick whose key is known begins nothing, as in the store. */
function setting(now = START) {
  const clock = new ManualClock(now);
  const keys = new Set<string>();
  const runs: string[] = [];
  const state = { isDown: false };
  const begin = async ({ mirror, tick, trigger }: Due) => {
    if (state.isDown) throw new Error("down");
    const key = `${mirror} ${tick}`;
    if (keys.has(key)) return;
    keys.add(key);
    runs.push(`${mirror} ${trigger} ${new Date(tick).toISOString().slice(11, 19)}`);
  };
  const scheduler = new Scheduler(clock, begin);
  /** What has begun since the last time. */
  const begun = () => runs.splice(0);
  const start = (mirrors: Readonly<Record<string, Timed>>, known: readonly MirrorRecord[] = []) =>
    scheduler.set(new Map(Object.entries(mirrors)), known);
  return { clock, scheduler, state, begun, start };
}

const seenTo = (mirror: string, tick: number): MirrorRecord => ({ mirror, lastTick: tick, lastStartedAt: tick });

test("a mirror that never ran begins at once, then at its ticks", async () => {
  const { clock, scheduler, begun, start } = setting();
  start({ a: every(MINUTE) });
  await clock.pass(0);
  assert.deepEqual(begun(), ["a schedule 12:00:00"]);
  assert.equal(scheduler.nextAt("a"), START + 30_000);
  await clock.pass(2.5 * MINUTE);
  assert.deepEqual(begun(), ["a schedule 12:01:00", "a schedule 12:02:00", "a schedule 12:03:00"]);
});

test("one that is added begins at once, whatever its jitter; many are spread", async () => {
  const { clock, begun, start } = setting();
  start({ a: every(HOUR, 10 * MINUTE) });
  await clock.pass(60);
  assert.deepEqual(begun(), ["a schedule 12:00:00"]);
  const names = Array.from({ length: 100 }, (_, number) => `mirror-${number}`);
  start(Object.fromEntries(["a", ...names].map((name) => [name, every(HOUR, 10 * MINUTE)])));
  await clock.pass(3_000);
  const half = begun().length;
  assert.ok(half > 30 && half < 70, `${half}`);
  await clock.pass(3_000);
  assert.equal(begun().length, 100 - half);
});

test("what went by while nobody was there is caught up on by one run", async () => {
  const { clock, begun, start } = setting();
  start({ a: every(MINUTE), b: every(HOUR), c: daily }, [
    seenTo("a", START - 30_000 - 10 * MINUTE),
    seenTo("b", START - 30_000),
    seenTo("c", START - 48 * HOUR),
  ]);
  await clock.pass(0);
  assert.deepEqual(begun().sort(), ["a catch-up 12:00:00", "c catch-up 01:30:00"]);
  await clock.pass(MINUTE);
  assert.deepEqual(begun(), ["a schedule 12:01:00"]);
});

test("a thousand mirrors of one schedule begin spread over the jitter, each always at the same moment", async () => {
  const names = Array.from({ length: 1000 }, (_, number) => `mirror-${number}`);
  const delays = names.map((name) => delayOf(name, MINUTE));
  const inEachTenth = Array.from({ length: 10 }, (_, tenth) =>
    delays.filter((delay) => Math.floor((delay * 10) / (MINUTE + 1)) === tenth),
  );
  for (const { length } of inEachTenth) assert.ok(length > 60 && length < 150, `${length}`);
  assert.deepEqual(
    names.map((name) => delayOf(name, MINUTE)),
    delays,
  );
  assert.equal(delayOf("a", 0), 0);

  const { clock, scheduler, begun, start } = setting();
  start(Object.fromEntries(names.map((name) => [name, every(HOUR, MINUTE)])));
  await clock.pass(30_000);
  const first = begun().length;
  assert.ok(first > 400 && first < 600, `${first}`);
  await clock.pass(HOUR);
  assert.equal(begun().length, 2000 - first);
  const name = names[0] ?? "";
  assert.equal((scheduler.nextAt(name) ?? 0) % HOUR, delayOf(name, MINUTE));
});

test("F34: a clock that is set forward makes one run, and one that is set back none again", async () => {
  const { clock, begun, start } = setting();
  start({ a: every(10 * MINUTE) });
  await clock.pass(20 * MINUTE);
  assert.deepEqual(begun(), ["a schedule 12:00:00", "a schedule 12:10:00", "a schedule 12:20:00"]);
  clock.set(clock.now() + HOUR);
  await clock.pass(MINUTE);
  assert.deepEqual(begun(), ["a catch-up 13:20:00"]);
  await clock.pass(10 * MINUTE);
  assert.deepEqual(begun(), ["a schedule 13:30:00"]);
  clock.set(clock.now() - HOUR);
  await clock.pass(HOUR + 10 * MINUTE);
  // those of the hour that was skipped, once each, and 13:20 and 13:30 no second time
  assert.deepEqual(
    begun(),
    ["12:40:00", "12:50:00", "13:00:00", "13:10:00", "13:40:00"].map((time) => `a schedule ${time}`),
  );
});

test("F34: a machine that slept runs once when it wakes, whatever it missed", async () => {
  const { clock, begun, start } = setting();
  start({ a: every(10 * MINUTE), b: daily }, [seenTo("a", START - 30_000), seenTo("b", START - 10 * HOUR)]);
  await clock.pass(MINUTE);
  begun();
  clock.set(clock.now() + 72 * HOUR);
  await clock.pass(15_000);
  assert.deepEqual(begun().sort(), ["a catch-up 12:00:00", "b catch-up 01:30:00"]);
});

test("F34: through both changes of clocks a daily mirror runs once a day, and an hourly one every hour", async () => {
  for (const day of ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"]) {
    const { clock, begun, start } = setting(Date.parse(day));
    start({ a: daily, b: { schedule: { kind: "cron", cron: "0 * * * *", timeZone: "Europe/Berlin" }, jitter: 0 } }, [
      seenTo("a", Date.parse(day)),
      seenTo("b", Date.parse(day)),
    ]);
    await clock.pass(48 * HOUR);
    const runs = begun();
    assert.equal(runs.filter((run) => run.startsWith("a ")).length, 2);
    assert.equal(runs.filter((run) => run.startsWith("b schedule")).length, 48);
  }
});

test("what cannot be begun is begun once it can be, for the last tick alone", async () => {
  const { clock, state, begun, start } = setting();
  start({ a: every(MINUTE) });
  await clock.pass(0);
  begun();
  state.isDown = true;
  await clock.pass(5 * MINUTE);
  state.isDown = false;
  await clock.pass(5_000);
  assert.deepEqual(begun(), ["a catch-up 12:05:00"]);
  await clock.pass(MINUTE);
  assert.deepEqual(begun(), ["a schedule 12:06:00"]);
});

test("mirrors that come, go and change leave the others alone", async () => {
  const { clock, scheduler, begun, start } = setting();
  start({ a: every(10 * MINUTE), b: every(10 * MINUTE) });
  await clock.pass(0);
  begun();
  await clock.pass(MINUTE);
  start({ a: every(10 * MINUTE), c: every(HOUR) });
  await clock.pass(0);
  assert.deepEqual(begun(), ["c schedule 12:00:00"]);
  assert.equal(scheduler.nextAt("b"), undefined);
  // another schedule begins with its next tick
  start({ a: every(3 * MINUTE), c: every(HOUR) });
  await clock.pass(10 * MINUTE);
  assert.deepEqual(begun(), ["a schedule 12:03:00", "a schedule 12:06:00", "a schedule 12:09:00"]);
  scheduler.stop();
  await clock.pass(HOUR);
  assert.deepEqual(begun(), []);
});

test("a tick far away is waited for in short sleeps", async () => {
  const { clock, begun, start } = setting();
  const yearly: Timed = { schedule: { kind: "cron", cron: "0 0 1 1 *", timeZone: "UTC" }, jitter: 0 };
  start({ a: yearly }, [seenTo("a", START)]);
  clock.set(Date.parse("2026-12-31T23:59:50Z"));
  await clock.pass(20_000);
  assert.deepEqual(begun(), ["a schedule 00:00:00"]);
});
