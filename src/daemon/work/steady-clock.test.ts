import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { steadyNow } from "./steady-clock.ts";

/** /proc/uptime has hundredths of a second. */
const GRAIN = 20;

test("it is the time since the machine was started, asked once or often", async () => {
  for (let turn = 0; turn < 50; turn += 1) {
    const [before, now, after] = [os.uptime() * 1000, steadyNow(), os.uptime() * 1000];
    assert.ok(before - GRAIN <= now && now <= after + GRAIN, `${before} ${now} ${after}`);
    await sleep(turn % 5);
  }
});

for (const [name, shift] of [
  ["slept, which only the wall clock shows", 60_000],
  ["was set back", -60_000],
] as const) {
  test(`the file is read again where the machine ${name}, and not before`, (context) => {
    steadyNow();
    const [wall, uptime] = [Date.now(), os.uptime()];
    context.mock.method(os, "uptime", () => uptime + 60);
    syncBuiltinESMExports();
    context.after(() => {
      context.mock.restoreAll();
      syncBuiltinESMExports();
    });
    assert.ok(steadyNow() < (uptime + 30) * 1000);
    context.mock.method(Date, "now", () => wall + shift);
    assert.equal(steadyNow(), (uptime + 60) * 1000);
  });
}
