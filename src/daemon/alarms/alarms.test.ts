import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { staticCredentials } from "../../registry/credentials/index.ts";
import type { TagRecord } from "../../store/records.ts";
import { type Receiver, startNotifyReceiver } from "../../testing/index.ts";
import { failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { type Log, messageIn } from "../outbox/index.ts";
import { alarmRound } from "./alarm-round.ts";
import { type Alarms, startAlarms } from "./alarms.ts";
import { incidentText, openIncidents } from "./incident-text.ts";
import { Observer } from "./observe.ts";
import { type SampleDaemon, sampleDaemon, sampleInForce } from "./sample-daemon.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse("2026-03-01T12:10:00Z");
const BROKEN = {
  code: "MIRROR_UNKNOWN",
  facts: { mirror: "of a test" },
  retryable: false,
} as const;
const MEANS = { endings: undefined, language: "en" } as const;

const LOG: Log = { info: () => undefined, warn: () => undefined };

let daemon: SampleDaemon;
const running: Alarms[] = [];
beforeEach(async () => {
  daemon = await sampleDaemon("mirrors: []\n", START);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
  await daemon[Symbol.asyncDispose]();
});

function start(password = ""): Alarms {
  const entry = { prefix: "d.io", username: "ann", password, origin: "slipway.yaml:4" };
  const credentials = staticCredentials("a table", password === "" ? [] : [entry]);
  const started = startAlarms(daemon.control, {
    logger: LOG,
    environment: {},
    credentials: () => credentials,
    every: 5,
  });
  running.push(started);
  return started;
}

function mirrors(...names: readonly string[]): string {
  return `mirrors:\n${names.map((name) => `  - { name: ${name}, from: s.io/${name}, to: d.io/${name}, every: 30m }\n`).join("")}`;
}

function serve(yaml: string, loadedAt = daemon.now): void {
  daemon.inForce = sampleInForce(yaml, loadedAt);
}

/** Rounds of a daemon that sends nothing. */
async function look(observer = new Observer(daemon.control)): Promise<void> {
  await alarmRound(daemon.control, observer, MEANS);
}

/** What is in the outbox, the earliest first: `channel: title`. */
async function told(): Promise<readonly string[]> {
  const messages = await daemon.store.outbox.list(100);
  return messages.toReversed().map(({ channel, message }) => `${channel}: ${messageIn(message).title}`);
}

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !what(); tries += 1) await sleep(5);
  assert.ok(what(), "it did not happen in time");
}

function titles({ taken }: Receiver): readonly string[] {
  return taken.flatMap((one) => /"title":"([^"]*)"/.exec(JSON.stringify(one))?.[1] ?? []);
}

test("a daemon tells of a failure and of its end, each once, however often it is started", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  serve(`notify: [{ webhook: "${receiver.url}", internal: true }]\n${mirrors("a", "b", "c")}`);
  start();
  await daemon.endRun("a", { state: "failed", error: BROKEN });
  await until(() => receiver.taken.length === 1);
  start();
  await sleep(50);
  assert.deepEqual(titles(receiver), ["Failed: shop, mirror a"]);
  daemon.now += MINUTE;
  await daemon.endRun("a", { state: "done" });
  await until(() => receiver.taken.length === 2);
  await sleep(50);
  assert.deepEqual(titles(receiver), ["Failed: shop, mirror a", "Good again: shop, mirror a"]);
});

test("what fails in one round is one message, with its reasons", async () => {
  serve(`notify: [{ slack: "https://h.example/" }]\nserve: { url: "https://x.example" }\n${mirrors("a", "b")}`);
  for (const name of ["a", "b"]) await daemon.endRun(name, { state: "failed", error: BROKEN });
  await look();
  const [{ message = "{}" } = {}, ...others] = await daemon.store.outbox.list(10);
  assert.equal(others.length, 0);
  const { lines, links } = messageIn(message);
  assert.deepEqual(lines, [
    "there is no mirror of a test (a, b)",
    "compare the name with `mirrors:` in the configuration",
  ]);
  assert.deepEqual(links, [{ text: "Dashboard", url: "https://x.example/" }]);
});

test("a run whose tags failed is told with their reason", async () => {
  serve(`notify: [{ slack: "https://h.example/" }]\n${mirrors("a")}`);
  await daemon.endRun("a", { state: "partial", records: [tag("failed", { error: BROKEN })] });
  await look();
  const [{ message = "{}" } = {}] = await daemon.store.outbox.list(10);
  assert.equal(messageIn(message).lines[0], "there is no mirror of a test");
});

test("each channel hears what it wants to, in its own language", async () => {
  serve(`notify:
  - { slack: "https://h.example/", name: usual, lang: zh-CN }
  - { slack: "https://h.example/", name: all, on: always }
  - { slack: "https://h.example/", name: failures, on: failed }
  - { slack: "https://h.example/", name: ends, on: [failed, recovered] }
  - { slack: "https://h.example/", name: silence, on: [silence, recovered] }
${mirrors("a")}`);
  await daemon.endRun("a", { state: "failed" });
  await look();
  daemon.now += 6 * HOUR;
  await look();
  daemon.now += 1000;
  await daemon.endRun("a", { state: "done" });
  await look();
  const of = (channel: string) => async () => (await told()).filter((one) => one.startsWith(`${channel}: `)).length;
  assert.deepEqual(
    await Promise.all(["usual", "all", "failures", "ends", "silence"].map((one) => of(one)())),
    [3, 3, 1, 2, 0],
  );
  assert.equal(
    (await told()).find((one) => one.startsWith("usual")),
    "usual: 失败：shop，镜像任务 a",
  );
});

test("silence and lag are alarmed, and told once", async () => {
  serve(`notify: [{ slack: "https://h.example/" }]\n${mirrors("a", "b")}`);
  const observer = new Observer(daemon.control);
  const steps: (readonly string[])[] = [];
  const step = async (time: number) => {
    daemon.now += time;
    await look(observer);
    steps.push((await told()).slice(steps.flat().length));
  };
  await daemon.endRun("a", { state: "done" });
  await daemon.endRun("b", { state: "done", records: [tag("behind", { mirror: "b", behindSince: daemon.now })] });
  await step(30 * MINUTE);
  await step(MINUTE);
  await step(30 * MINUTE);
  await step(30 * MINUTE);
  await daemon.endRun("a", { state: "done" });
  await step(MINUTE);
  assert.deepEqual(steps, [
    [],
    ["slack: Behind: shop, mirror b"],
    [],
    ["slack: Silent: shop, 2 mirrors"],
    ["slack: Good again: shop, mirror a"],
  ]);
});

test("credentials that end are told days ahead, of a real configuration", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  serve(`notify: [{ webhook: "${receiver.url}", internal: true }]\n${mirrors("a")}`);
  const claims = Buffer.from(JSON.stringify({ exp: (START + 3 * DAY) / 1000 })).toString("base64url");
  start(`eyJhbGciOiJub25lIn0.${claims}.canary`);
  await until(() => receiver.taken.length === 1);
  assert.deepEqual(titles(receiver), ["Credential ends: shop, d.io, slipway.yaml:4"]);
  assert.match(JSON.stringify(receiver.taken), /ends on 2026-03-04 12:10 UTC \(days left: 3\)/);
  assert.doesNotMatch(JSON.stringify(receiver.taken), /canary/);
});

test("the digest of a day comes once, over restarts and beside other processes", async () => {
  serve(
    `notify: [{ slack: "https://h.example/" }]\nserve: { digest: "09:00", timeZone: Asia/Shanghai }\n${mirrors("a", "b")}`,
  );
  await look();
  await daemon.endRun("a", { state: "done", records: [tag("in-step", { lag: 90_000, arrivedAt: daemon.now })] });
  await daemon.endRun("b", { state: "failed", error: BROKEN });
  daemon.now += DAY;
  const observers = [new Observer(daemon.control), new Observer(daemon.control)];
  await Promise.all(observers.map((one) => look(one)));
  await look();
  const digests = (await daemon.store.outbox.list(10)).filter(({ message }) => message.includes("slipway.digest"));
  assert.equal(digests.length, 1);
  const { title, facts, lines } = messageIn(digests[0]?.message ?? "");
  assert.equal(title, "Daily digest of shop: not all well");
  assert.deepEqual(
    facts.map(({ label, value }) => `${label}: ${value}`),
    [
      "Period: 2026-03-01 20:10 Asia/Shanghai to 2026-03-02 20:10 Asia/Shanghai",
      "Runs: 1 went well, 0 in part, 1 failed",
      "Success: 50 % (target 99 %)",
      "Lag: 90 s at most, by a (target 30 min)",
      "Bytes: 2.0 MB read, 4.0 MB written",
    ],
  );
  assert.deepEqual(lines, ["b: fails since 2026-03-01 20:10 Asia/Shanghai: there is no mirror of a test"]);
  daemon.now += DAY;
  await look(observers[0]);
  const next = (await daemon.store.outbox.list(10)).filter(({ message }) => message.includes("slipway.digest"));
  assert.deepEqual(messageIn(next[0]?.message ?? "").lines, [
    "b: fails since 2026-03-01 20:10 Asia/Shanghai: there is no mirror of a test",
    "a: not seen in step since 2026-03-01 20:10 Asia/Shanghai",
  ]);
});

test("what is wrong is shown in either language, and notes of the alarms to themselves are not", async () => {
  serve(`serve: { digest: "09:00" }\n${mirrors("a")}`);
  await daemon.endRun("a", { state: "failed", error: BROKEN });
  daemon.inForce = { ...daemon.inForce, refused: failure("MIRROR_UNKNOWN", { mirror: "x" }) };
  await look();
  const incidents = openIncidents(await daemon.store.incidents.all());
  assert.deepEqual(
    incidents.map((one) => incidentText(one, wordsOf("zh-CN"), "UTC")),
    [
      "/srv/shop/slipway.yaml 未被采用：没有名为 x 的镜像任务",
      "a：自 2026-03-01 12:10 UTC 起失败：没有名为 of a test 的镜像任务",
    ],
  );
});

test("a store that cannot be asked is written down once, and alarms go on when it can", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  serve(`notify: [{ webhook: "${receiver.url}", internal: true }]\n${mirrors("a")}`);
  await daemon.endRun("a", { state: "failed" });
  const warned: string[] = [];
  let isAway = true;
  const { store } = daemon;
  const all = () => {
    if (isAway) throw failure("STORE_UNREACHABLE", { where: "here", reason: "away" }, { retryable: true });
    return store.incidents.all();
  };
  const control = { ...daemon.control, store: { ...store, incidents: { ...keep(store), all } } };
  const logger: Log = { info: () => undefined, warn: (_, line) => warned.push(line) };
  const credentials = () => staticCredentials("a table", []);
  running.push(startAlarms(control, { logger, environment: {}, credentials, every: 5 }));
  await until(() => warned.length > 0);
  await sleep(50);
  assert.deepEqual(warned, ["alarms could not be looked after"]);
  isAway = false;
  await until(() => receiver.taken.length === 1);
});

function keep({ incidents }: Pick<SampleDaemon["store"], "incidents">) {
  return { change: incidents.change.bind(incidents) };
}

test("a round with nothing new asks two questions, and a thousand mirrors cost no more of them", async () => {
  serve(mirrors(...Array.from({ length: 1000 }, (_, at) => `m${at}`)));
  const observer = new Observer(daemon.control);
  await look(observer);
  const asked: string[] = [];
  const count = <T extends object>(part: T, name: string): T =>
    new Proxy(part, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        return (...values: unknown[]) => {
          asked.push(`${name}.${String(key)}`);
          return Reflect.apply(value, target, values);
        };
      },
    });
  const { store } = daemon;
  const counted = {
    ...store,
    incidents: count(store.incidents, "incidents"),
    mirrors: count(store.mirrors, "mirrors"),
    runs: count(store.runs, "runs"),
    tags: count(store.tags, "tags"),
  };
  const control = { ...daemon.control, store: counted };
  const counting = new Observer(control);
  await alarmRound(control, counting, MEANS);
  asked.splice(0);
  daemon.now += 5000;
  await alarmRound(control, counting, MEANS);
  assert.deepEqual(asked, ["incidents.all", "mirrors.all"]);
});

function tag(state: TagRecord["state"], others: Partial<TagRecord> = {}): TagRecord {
  const mirror = others.mirror ?? "a";
  const source = `s.io/${mirror}:1`;
  return { mirror, source, destination: `d.io/${mirror}:1`, tag: "1", state, checkedAt: daemon.now, ...others };
}
