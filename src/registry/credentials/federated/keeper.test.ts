import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../../../words/error.ts";
import { keeper } from "./keeper.ts";

const MINUTE = 60_000;

/** A clock that a test moves, and leases of a life, counted. */
function kept(life: number | undefined) {
  const state = { now: 0, asked: 0, fails: undefined as "for now" | "for good" | undefined };
  const one = keeper(
    async () => {
      state.asked += 1;
      const facts = { origin: "here", step: "it", host: "a.example" };
      if (state.fails === "for now") throw failure("LOGIN_UNREACHABLE", { ...facts, reason: "x" }, { retryable: true });
      if (state.fails === "for good") throw failure("LOGIN_REFUSED", { ...facts, detail: "x" });
      return { username: "u", password: `p${state.asked}`, ...(life !== undefined && { ends: state.now + life }) };
    },
    () => state.now,
  );
  const passwordAt = async (now: number) => {
    state.now = now;
    return (await one.get()).password;
  };
  return { state, passwordAt, forget: () => one.forget() };
}

test("a lease is renewed before it ends", async () => {
  const table: readonly (readonly [life: number, lastOfFirst: number])[] = [
    [12 * 60 * MINUTE, 576 * MINUTE],
    [60 * MINUTE, 48 * MINUTE],
    [20 * MINUTE, 15 * MINUTE],
    [6 * MINUTE, 3 * MINUTE],
  ];
  for (const [life, renewal] of table) {
    const { passwordAt } = kept(life);
    assert.deepEqual(
      [await passwordAt(0), await passwordAt(renewal - 1), await passwordAt(renewal), await passwordAt(renewal + 1)],
      ["p1", "p1", "p2", "p2"],
    );
  }
});

test("one that does not end is kept", async () => {
  const { passwordAt, state } = kept(undefined);
  await passwordAt(0);
  assert.equal(await passwordAt(1e12), "p1");
  assert.equal(state.asked, 1);
});

test("many ask at once, and one is asked", async () => {
  const { passwordAt, state, forget } = kept(MINUTE);
  const askAll = () => Promise.all(Array.from({ length: 50 }, () => passwordAt(0)));
  assert.deepEqual(new Set(await askAll()), new Set(["p1"]));
  forget();
  assert.deepEqual(new Set(await askAll()), new Set(["p2"]));
  assert.equal(state.asked, 2);
});

test("while nobody can be asked, what is good still is used to its end", async () => {
  const { passwordAt, state } = kept(60 * MINUTE);
  await passwordAt(0);
  state.fails = "for now";
  assert.equal(await passwordAt(50 * MINUTE), "p1");
  assert.equal(await passwordAt(50 * MINUTE + 29_999), "p1");
  assert.equal(state.asked, 2);
  assert.equal(await passwordAt(51 * MINUTE), "p1");
  assert.equal(state.asked, 3);
  await assert.rejects(passwordAt(60 * MINUTE), { code: "LOGIN_UNREACHABLE" });
  state.fails = undefined;
  assert.equal(await passwordAt(61 * MINUTE), "p5");
});

test("a refusal is remembered for half a minute, and nothing old hides it", async () => {
  const { passwordAt, state } = kept(60 * MINUTE);
  await passwordAt(0);
  state.fails = "for good";
  for (const now of [50 * MINUTE, 50 * MINUTE + 1]) await assert.rejects(passwordAt(now), { code: "LOGIN_REFUSED" });
  assert.equal(state.asked, 2);
  state.fails = undefined;
  assert.equal(await passwordAt(51 * MINUTE), "p3");
});
