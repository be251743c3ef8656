import assert from "node:assert/strict";
import { test } from "node:test";
import type { TokenRecord } from "../../store/records.ts";
import type { Tokens } from "../../store/store.ts";
import { SlipwayError } from "../../words/error.ts";
import { sampleDaemon } from "../alarms/sample-daemon.ts";
import { Attempts } from "./attempts.ts";
import { ENVIRONMENT_TOKEN, FIRST_TOKEN, firstToken } from "./first-token.ts";
import { identify } from "./identity.ts";
import { SESSION_AGE, Sessions } from "./sessions.ts";
import { hashOfToken, isSame, makeToken } from "./token.ts";

const NOW = Date.UTC(2026, 0, 2);

/** What a start prints. */
async function start(tokens: Tokens, environment: Record<string, string> = {}): Promise<readonly string[]> {
  const told: string[] = [];
  await firstToken({ tokens }, environment, NOW, (token) => told.push(token));
  return told;
}

test("S30: the first start makes a random token, tells it once and keeps its hash alone", async () => {
  await using daemon = await sampleDaemon("", NOW);
  const { tokens } = daemon.store;
  const [token = "", ...more] = await start(tokens);
  assert.match(token, /^slipway_[\w-]{43}$/);
  assert.deepEqual(more, []);
  assert.deepEqual(await start(tokens), []);
  const kept = await tokens.all();
  assert.deepEqual(
    kept.map(({ name, role, hash }) => ({ name, role, hash })),
    [{ name: FIRST_TOKEN, role: "operator", hash: hashOfToken(token) }],
  );
  assert.ok(!JSON.stringify(kept).includes(token.slice(8)));
  assert.deepEqual(await identify(daemon.store, token, NOW), { name: FIRST_TOKEN, role: "operator" });
});

test("S30: there is no token that anybody could know beforehand", async () => {
  const made = new Set(Array.from({ length: 100 }, makeToken));
  assert.equal(made.size, 100);
  await using daemon = await sampleDaemon("", NOW);
  await start(daemon.store.tokens);
  for (const guess of ["", "admin", "slipway", "password", "operator", "slipway_"]) {
    assert.equal(await identify(daemon.store, guess, NOW), undefined, guess);
  }
});

test("a process that dies between telling and keeping leaves no token that nobody knows", async () => {
  const put: TokenRecord[] = [];
  const dying = {
    all: async () => put,
    put: () => Promise.reject(new Error("killed")),
    used: async () => {},
    remove: async () => false,
  };
  const told: string[] = [];
  await assert.rejects(firstToken({ tokens: dying }, {}, NOW, (token) => told.push(token)));
  assert.equal(told.length, 1);
  assert.deepEqual(put, []);
});

test("SLIPWAY_TOKEN counts while it is set, in place of a token of our own making", async () => {
  await using daemon = await sampleDaemon("", NOW);
  const { tokens } = daemon.store;
  const set = "a-token-that-the-operator-chose";
  assert.deepEqual(await start(tokens, { SLIPWAY_TOKEN: set }), []);
  assert.deepEqual(await identify(daemon.store, set, NOW), { name: ENVIRONMENT_TOKEN, role: "operator" });
  assert.deepEqual(await start(tokens, { SLIPWAY_TOKEN: `${set}-2` }), []);
  assert.equal(await identify(daemon.store, set, NOW), undefined);
  const [made = ""] = await start(tokens);
  assert.equal(await identify(daemon.store, `${set}-2`, NOW), undefined);
  assert.equal((await identify(daemon.store, made, NOW))?.name, FIRST_TOKEN);
});

test("SLIPWAY_TOKEN that could be guessed is refused", async () => {
  await using daemon = await sampleDaemon("", NOW);
  await assert.rejects(
    start(daemon.store.tokens, { SLIPWAY_TOKEN: "changeme" }),
    (thrown) =>
      thrown instanceof SlipwayError && thrown.code === "TOKEN_TOO_SHORT" && !thrown.message.includes("changeme"),
  );
  assert.deepEqual(await daemon.store.tokens.all(), []);
});

test("a token's use is noted, once a minute", async () => {
  await using daemon = await sampleDaemon("", NOW);
  const [token = ""] = await start(daemon.store.tokens);
  const usedAt = async () => (await daemon.store.tokens.all())[0]?.usedAt;
  for (const [at, expected] of [
    [NOW, NOW],
    [NOW + 59_000, NOW],
    [NOW + 61_000, NOW + 61_000],
  ] as const) {
    await identify(daemon.store, token, at);
    assert.equal(await usedAt(), expected);
  }
});

test("a login lasts seven days, and ends with its token or when it is ended", async () => {
  await using daemon = await sampleDaemon("", NOW);
  const { tokens } = daemon.store;
  await start(tokens);
  const sessions = new Sessions(daemon.store);
  const cookie = await sessions.begin(FIRST_TOKEN, NOW);
  assert.equal((await sessions.identify(cookie, NOW + SESSION_AGE - 1))?.name, FIRST_TOKEN);
  assert.equal(await sessions.identify(cookie, NOW + SESSION_AGE), undefined);
  assert.equal(await sessions.identify("another", NOW), undefined);
  sessions.end(cookie);
  assert.equal(await sessions.identify(cookie, NOW), undefined);

  const other = await sessions.begin(FIRST_TOKEN, NOW);
  await tokens.put({ name: FIRST_TOKEN, role: "operator", hash: hashOfToken("replaced"), createdAt: NOW });
  assert.equal(await sessions.identify(other, NOW), undefined);
  const last = await sessions.begin(FIRST_TOKEN, NOW);
  await tokens.remove(FIRST_TOKEN);
  assert.equal(await sessions.identify(last, NOW), undefined);
});

test("after ten wrong tokens in a minute a client waits until the minute is over, and others do not", () => {
  const attempts = new Attempts();
  for (let count = 0; count < 10; count += 1) {
    assert.equal(attempts.pause("one", NOW + count), 0);
    attempts.failed("one", NOW + count);
  }
  assert.equal(attempts.pause("one", NOW + 20_000), 40_000);
  assert.equal(attempts.pause("other", NOW + 20_000), 0);
  assert.equal(attempts.pause("one", NOW + 60_000), 0);
  attempts.failed("one", NOW + 60_000);
  assert.equal(attempts.pause("one", NOW + 60_001), 0);
});

test("texts of different lengths are compared, too", () => {
  assert.ok(isSame("a", "a"));
  assert.ok(!isSame("a", "ab"));
  assert.ok(!isSame("", "a"));
});
