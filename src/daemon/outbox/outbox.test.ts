import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "../../notify/index.ts";
import type { OutboxRecord } from "../../store/records.ts";
import { type Receiver, startNotifyReceiver } from "../../testing/index.ts";
import { type SampleDaemon, sampleDaemon, sampleInForce } from "../alarms/sample-daemon.ts";
import type { Loop } from "./loop.ts";
import { HOLD, type Log, startOutbox } from "./outbox.ts";
import { storedMessage } from "./stored-message.ts";
import { testChannel } from "./test-channel.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse("2026-03-01T12:10:00Z");

const LOG: Log = { info: () => undefined, warn: () => undefined };
const OPTIONS = { logger: LOG, environment: {}, every: 5 } as const;

let daemon: SampleDaemon;
const outboxes: Loop[] = [];
beforeEach(async () => {
  daemon = await sampleDaemon("mirrors: []\n", START);
});
afterEach(async () => {
  for (const one of outboxes.splice(0)) await one.close();
  await daemon[Symbol.asyncDispose]();
});

/** @param patience milliseconds: short only for who never answers, as a busy machine is slow itself */
function open(patience = 10_000): Loop {
  const opened = startOutbox(daemon.control, { ...OPTIONS, patience });
  outboxes.push(opened);
  return opened;
}

function message(id: string): Message {
  return {
    id,
    type: "slipway.sync.failed",
    time: new Date(daemon.now),
    state: "failed",
    title: `Failed: ${id}`,
    facts: [{ key: "since", label: "Since", value: "today" }],
    lines: ["no room"],
    links: [{ text: "Run", url: "https://slipway.example.com/#/runs/1" }],
    cutMark: "…",
    data: { project: "shop" },
  };
}

/** Puts messages in, each later than the one before. */
async function put(channel: string, ...ids: readonly string[]): Promise<void> {
  const createdAt = daemon.now;
  const messages = ids.map((id, at) => ({
    id,
    channel,
    message: storedMessage(message(id)),
    createdAt: createdAt + at,
    nextAt: createdAt,
  }));
  await daemon.store.outbox.put(messages);
}

function channels(...written: readonly string[]): void {
  daemon.inForce = sampleInForce(`notify:\n${written.map((one) => `  - ${one}\n`).join("")}`, START);
}

async function recordOf(id: string): Promise<OutboxRecord> {
  const found = (await daemon.store.outbox.list(1000)).find((one) => one.id === id);
  assert.ok(found !== undefined);
  return found;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 4000; tries += 1) {
    if (await what()) return;
    await sleep(5);
  }
  assert.fail("it did not happen in time");
}

/** Whether it was tried so often, and what became of it is written down. */
const isAttempted = (id: string, attempts: number) => async () => {
  const record = await recordOf(id);
  const isInHand = record.nextAt === daemon.now + HOLD;
  return record.attempts === attempts && !isInHand && (record.state !== "waiting" || record.error !== undefined);
};

function answer(receiver: Receiver, status: number, body = "", headers = {}): void {
  receiver.fail({ kind: "answer", status, body, headers }, 1);
}

test("F38: what is not taken is sent again after a while, always with the same id, and nobody waits for it", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  answer(receiver, 500);
  receiver.fail({ kind: "cut" }, 1);
  channels(`{ webhook: "${receiver.url}", internal: true }`);
  await put("webhook", "msg_f38");
  const outbox = open();
  await until(isAttempted("msg_f38", 1));
  const { state, nextAt, error } = await recordOf("msg_f38");
  assert.deepEqual([state, nextAt, error?.code], ["waiting", daemon.now + MINUTE, "NOTIFY_BUSY"]);
  daemon.now += MINUTE - 1;
  await sleep(30);
  assert.equal(receiver.requests.length, 1, "not before its time");
  daemon.now += 1;
  await until(isAttempted("msg_f38", 2));
  assert.equal((await recordOf("msg_f38")).error?.code, "NOTIFY_UNREACHABLE");
  daemon.now += 2 * MINUTE;
  await until(isAttempted("msg_f38", 3));
  await outbox.close();
  const sent = await recordOf("msg_f38");
  assert.deepEqual([sent.state, sent.sentAt, sent.error], ["sent", daemon.now, undefined]);
  assert.deepEqual(
    receiver.requests.map(({ headers }) => headers["webhook-id"]),
    ["msg_f38", "msg_f38", "msg_f38"],
  );
  assert.equal(new Set(receiver.requests.map(({ body }) => body)).size, 1);
});

test("an answer of 200 with an error inside is a failure, and only its code is kept", async () => {
  await using receiver = await startNotifyReceiver.feishu();
  answer(receiver, 200, '{"code":19024,"msg":"canary words"}');
  channels(`{ feishu: "${receiver.url}", internal: true }`);
  await put("feishu", "msg_inside");
  const outbox = open();
  await until(isAttempted("msg_inside", 1));
  const { state, error } = await recordOf("msg_inside");
  assert.deepEqual([state, error?.code, error?.facts.answer], ["waiting", "NOTIFY_REFUSED", "code 19024"]);
  daemon.now += MINUTE;
  await until(isAttempted("msg_inside", 2));
  await outbox.close();
  assert.equal((await recordOf("msg_inside")).state, "sent");
});

test("a receiver that asks for time gets it", async () => {
  await using receiver = await startNotifyReceiver.slack();
  answer(receiver, 429, "", { "retry-after": "600" });
  channels(`{ slack: "${receiver.url}", internal: true }`);
  await put("slack", "msg_later");
  const outbox = open();
  await until(isAttempted("msg_later", 1));
  await outbox.close();
  assert.equal((await recordOf("msg_later")).nextAt, daemon.now + 10 * MINUTE);
});

test("F38: a channel that hangs holds up no other", async () => {
  await using hanging = await startNotifyReceiver.webhook();
  await using working = await startNotifyReceiver.webhook();
  hanging.fail({ kind: "hang" });
  channels(
    `{ webhook: "${hanging.url}", name: hanging, internal: true }`,
    `{ webhook: "${working.url}", name: working, internal: true }`,
  );
  await put("hanging", "msg_hang_1", "msg_hang_2", "msg_hang_3");
  await put("working", "msg_work_1", "msg_work_2");
  const outbox = open(2000);
  await until(async () => (await recordOf("msg_work_2")).state === "sent");
  assert.equal((await recordOf("msg_hang_1")).error, undefined, "the other one is still waited for");
  await until(isAttempted("msg_hang_1", 1));
  await outbox.close();
  assert.equal(hanging.requests.length, 1, "those behind it wait as long as it does");
});

test("messages to one channel come in their order, also after it was away", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  answer(receiver, 500);
  channels(`{ webhook: "${receiver.url}", internal: true }`);
  await put("webhook", "msg_order_1");
  const outbox = open();
  await until(isAttempted("msg_order_1", 1));
  daemon.now += 1000;
  await put("webhook", "msg_order_2");
  await until(async () => (await recordOf("msg_order_2")).nextAt === (await recordOf("msg_order_1")).nextAt);
  daemon.now += MINUTE;
  await until(async () => (await recordOf("msg_order_2")).state === "sent");
  await outbox.close();
  assert.deepEqual(
    receiver.requests.map(({ headers }) => headers["webhook-id"]),
    ["msg_order_1", "msg_order_1", "msg_order_2"],
  );
});

test("two processes send each message once", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  channels(`{ webhook: "${receiver.url}", internal: true }`);
  const ids = Array.from({ length: 30 }, (_, at) => `msg_two_${String(at).padStart(2, "0")}`);
  await put("webhook", ...ids);
  const both = [open(), open()];
  await until(async () => (await recordOf("msg_two_29")).state === "sent" && receiver.requests.length >= 30);
  await Promise.all(both.map((one) => one.close()));
  assert.deepEqual(receiver.requests.map(({ headers }) => headers["webhook-id"]).toSorted(), ids);
});

test("what waits for its turn when the daemon ends stays where it is", async () => {
  await using receiver = await startNotifyReceiver.slack();
  channels(`{ slack: "${receiver.url}", internal: true }`);
  await put("slack", "msg_end_1", "msg_end_2", "msg_end_3");
  const outbox = open();
  await until(async () => (await recordOf("msg_end_1")).state === "sent");
  await outbox.close();
  assert.equal(receiver.requests.length, 1, "Slack takes one a second");
  const { state, error } = await recordOf("msg_end_2");
  assert.deepEqual([state, error], ["waiting", undefined]);
});

test("a channel that has not worked for an hour is shown, until it does", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  answer(receiver, 500);
  answer(receiver, 500);
  channels(`{ webhook: "${receiver.url}", internal: true, name: dead }`);
  await put("dead", "msg_dead");
  const outbox = open();
  await until(isAttempted("msg_dead", 1));
  const incident = async () => (await daemon.store.incidents.all()).find(({ kind }) => kind === "channel");
  assert.equal(await incident(), undefined);
  const since = daemon.now;
  daemon.now += HOUR;
  await until(async () => (await incident()) !== undefined);
  const { subject, since: told, times, error, toldAt } = (await incident()) ?? {};
  assert.deepEqual([subject, told, times, error?.code, toldAt], ["dead", since, 2, "NOTIFY_BUSY", undefined]);
  daemon.now += HOUR;
  await until(async () => (await incident()) === undefined);
  await outbox.close();
  assert.equal((await recordOf("msg_dead")).state, "sent");
});

test("a channel that the configuration has no more is given up", async () => {
  channels(`{ slack: "https://hooks.example.com/x" }`);
  await put("gone", "msg_gone");
  const outbox = open();
  await until(isAttempted("msg_gone", 1));
  await outbox.close();
  const { state, error } = await recordOf("msg_gone");
  assert.deepEqual([state, error?.code], ["given-up", "NOTIFY_CHANNEL_UNKNOWN"]);
});

for (const host of ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"]) {
  test(`S24: the daemon does not reach ${host} unless the configuration says so`, async () => {
    await using receiver = await startNotifyReceiver.webhook();
    const { port, pathname, search } = new URL(receiver.url);
    const scheme = /^(?:127|localhost|\[)/.test(host) ? "http" : "https";
    const url = `${scheme}://${host}:${port}${pathname}${search}`;
    channels(`{ webhook: "${url}" }`);
    const tested = await testChannel(daemon.control, "webhook", { environment: {} });
    assert.deepEqual([tested.delivered, "error" in tested && tested.error.code], [false, "NOTIFY_INTERNAL"]);
    await put("webhook", `msg_s24_${host}`);
    const outbox = open();
    await until(isAttempted(`msg_s24_${host}`, 1));
    await outbox.close();
    assert.equal((await recordOf(`msg_s24_${host}`)).error?.code, "NOTIFY_INTERNAL");
    assert.equal(receiver.requests.length, 0);
  });
}

test("S24: a test tells whether it was delivered, and nothing of the answer", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  channels(`{ webhook: "${receiver.url}", internal: true, lang: zh-CN }`);
  assert.deepEqual(await testChannel(daemon.control, "webhook", { environment: {} }), { delivered: true });
  assert.match(JSON.stringify(receiver.taken), /来自 shop 的测试消息/);
  for (const status of [302, 403, 500]) {
    answer(receiver, status, "canary words", { location: "https://canary.example/", "retry-after": "0" });
    const tested = await testChannel(daemon.control, "webhook", { environment: {} });
    assert.equal(tested.delivered, false);
    assert.doesNotMatch(JSON.stringify(tested), /canary/, String(status));
  }
  assert.equal(receiver.requests.length, 4, "one try each");
  await assert.rejects(testChannel(daemon.control, "other", { environment: {} }), { code: "NOTIFY_CHANNEL_UNKNOWN" });
});
