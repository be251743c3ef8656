import assert from "node:assert/strict";
import { after, test } from "node:test";
import type * as z from "zod";
import { DEFAULT_SERVE } from "../../config/slipway/serve.ts";
import { NO_RUN_COUNTS, type TagRecord } from "../../store/records.ts";
import { failure } from "../../words/error.ts";
import {
  delivery,
  line,
  mirror,
  newToken,
  overview,
  page,
  point,
  queued,
  reload,
  run,
  session,
  tagRow,
} from "./openapi/schemas.ts";
import { ROUTES } from "./routes/all.ts";
import { HOST, type Question, sampleApi } from "./sample-api.ts";

const CONFIG = `
name: shop
mirrors:
  - { name: app, from: docker.io/acme/app, to: [one.example/acme/app, two.example/acme/app], every: 10m }
  - { name: tool, from: ghcr.io/acme/tool, to: one.example/acme/tool, cron: "0 9 * * 1-5", timeZone: Asia/Shanghai }
  - { name: idle, from: ghcr.io/acme/idle, to: one.example/acme/idle }
notify:
  - { webhook: "https://hooks.invalid/secret-path", name: ops }
`;

const sample = await sampleApi(CONFIG, { now: Date.UTC(2026, 0, 5, 3) });
after(() => sample[Symbol.asyncDispose]());
const { daemon, ask } = sample;
const { store } = daemon;
const NOW = daemon.now;
const MINUTE = 60_000;

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

function record(tag: string, destination: string, state: TagRecord["state"], more: Partial<TagRecord> = {}): TagRecord {
  return {
    mirror: "app",
    source: `docker.io/acme/app:${tag}`,
    destination: `${destination}.example/acme/app:${tag}`,
    tag,
    state,
    sourceDigest: digest("a"),
    destinationDigest: digest(state === "in-step" ? "a" : "b"),
    checkedAt: NOW,
    ...(state === "in-step" ? { inStepAt: NOW, arrivedAt: NOW, lag: 90_000 } : { behindSince: NOW - 5 * MINUTE }),
    ...more,
  };
}

const denied = { code: "DENIED", facts: {}, retryable: false };

/** Three runs of `app`: one that failed, one that brought most of it, one that is under way. */
async function prepare(): Promise<void> {
  await daemon.endRun("app", { state: "failed", error: denied });
  const facts = { host: "two.example", reason: "reset", operation: "pull" };
  await store.runs.begin({ mirror: "app", trigger: "webhook", key: "w", by: "hub", tags: ["1.0"], at: NOW });
  const lease = await store.jobs.claim({ worker: "w", at: NOW, lease: MINUTE });
  assert.ok(lease !== undefined);
  await store.jobs.finish(lease, {
    at: NOW + 2000,
    counts: { ...NO_RUN_COUNTS, copied: 3, failed: 1, bytesRead: 10, bytesWritten: 20, requests: 9 },
    tags: [
      record("1.0", "one", "in-step"),
      record("1.0", "two", "in-step"),
      record("1.1", "one", "in-step"),
      record("1.1", "two", "failed", {
        error: { code: "CONNECTION_LOST", facts, side: "destination", retryable: true },
      }),
      record("<b>", "one", "behind"),
    ],
    lines: [
      { at: NOW, level: "info", key: "notify.what.sync", facts: { subject: "app" } },
      { at: NOW, level: "error", key: "of.tomorrow", facts: {}, error: denied },
    ],
    hosts: [{ host: "docker.io", limit: 100, remaining: 42, seenAt: NOW }],
    lag: 90_000,
  });
  await store.runs.begin({ mirror: "app", trigger: "schedule", key: "s", at: NOW });
  await store.jobs.claim({ worker: "w", at: NOW, lease: MINUTE });
  await store.runs.begin({ mirror: "app", trigger: "manual", key: "m", at: NOW, by: "operator" });
  await store.workers.seen({ id: "w", host: "box", version: "0.0.0", startedAt: NOW, seenAt: NOW, busy: 1 });
  const message = JSON.stringify({ title: "Failed: sync of app", id: "msg_1" });
  await store.outbox.put([{ id: "msg_1", channel: "ops", message, createdAt: NOW, nextAt: NOW }]);
  daemon.inForce = {
    ...daemon.inForce,
    refused: failure("CONFIG_UNREADABLE", { file: "slipway.yaml", reason: "gone" }),
  };
}
await prepare();

/** Asks, and holds the answer to the schema that is expected and to the one that its route says it has. */
async function get<S extends z.ZodType>(schema: S, path: string, question: Question = {}): Promise<z.output<S>> {
  const method = question.method ?? "GET";
  const answer = await ask(path, question);
  const [address = ""] = path.split("?");
  const route = ROUTES.find((one) => one.method === method.toLowerCase() && pattern(one.path).test(address));
  const said = route?.answers[answer.status];
  assert.ok(said?.schema !== undefined, `${method} ${path} answered ${answer.status}: ${await answer.clone().text()}`);
  assert.equal(answer.headers.get("content-type"), "application/json");
  const told: unknown = await answer.json();
  said.schema.parse(told);
  return schema.parse(told);
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+(\{[^}]*\})?/g, "[^/]+")}$`);
}

async function refused(path: string, question: Question = {}): Promise<readonly [number, string]> {
  const answer = await ask(path, question);
  const { code, message, hint } = Object(await answer.json());
  assert.ok(message !== "" && hint !== "");
  return [answer.status, code];
}

test("the overview tells how all mirrors are, what is open and what is wrong", async () => {
  const { mirrors, queue, workers, channels, configuration, ...others } = await get(overview, "/api/v1/overview");
  assert.deepEqual(others, {
    project: "shop",
    version: "0.0.0",
    now: NOW,
    role: "operator",
    store: "sqlite",
    incidents: [],
  });
  assert.deepEqual(mirrors, { total: 3, inStep: 0, behind: 0, failing: 1, silent: 0, unknown: 2 });
  assert.deepEqual(queue, { ready: 0, leased: 1 });
  assert.equal(workers.length, 1);
  assert.deepEqual(channels, ["ops"]);
  assert.deepEqual([configuration.file, configuration.error?.code], ["/srv/shop/slipway.yaml", "CONFIG_UNREADABLE"]);
});

test("a mirror tells its health by digests, its runs, its limits and its targets", async () => {
  const [app, tool, idle] = (await get(page(mirror), "/api/v1/mirrors")).items;
  assert.deepEqual(app, await get(mirror, "/api/v1/mirrors/app"));
  assert.equal(app.health, "failing");
  assert.deepEqual([app.tags.total, app.tags.inStep, app.tags.behind, app.tags.failed], [5, 3, 1, 1]);
  assert.deepEqual([app.tags.behindSince, app.tags.lag], [NOW - 5 * MINUTE, 90_000]);
  assert.deepEqual([app.lastRun?.trigger, app.lastRun?.state, app.lastRun?.by], ["webhook", "partial", "hub"]);
  assert.deepEqual([app.activeRun?.state, app.queuedRun?.state, app.queuedRun?.by], ["running", "queued", "operator"]);
  assert.deepEqual(app.limits, [{ host: "docker.io", limit: 100, remaining: 42, seenAt: NOW }]);
  assert.deepEqual(app.targets, { successRate: 0, successTarget: 99, lag: 90_000, lagTarget: 30 * MINUTE });
  assert.deepEqual(app.schedule, { every: 10 * MINUTE });
  assert.deepEqual(tool?.schedule, { cron: "0 9 * * 1-5", timeZone: "Asia/Shanghai" });
  assert.deepEqual([idle?.schedule, idle?.health], [{}, "unknown"]);
});

test("tags are told one row each, by digest, in pages", async () => {
  const first = await get(page(tagRow), "/api/v1/mirrors/app/tags?limit=2");
  assert.deepEqual(
    first.items.map(({ tag }) => tag),
    ["1.0", "1.1"],
  );
  assert.equal(first.items[0]?.sourceDigest, digest("a"));
  const failed = first.items[1]?.destinations[1];
  assert.deepEqual(
    [failed?.destination, failed?.state, failed?.digest],
    ["two.example/acme/app:1.1", "failed", digest("b")],
  );
  assert.deepEqual([failed?.error?.code, failed?.error?.retryable], ["CONNECTION_LOST", true]);
  assert.match(failed?.error?.message ?? "", /^destination: two\.example closed the connection/);
  const second = await get(page(tagRow), `/api/v1/mirrors/app/tags?limit=2&after=${first.next}`);
  assert.deepEqual([second.items.map(({ tag }) => tag), second.next], [["<b>"], undefined]);
  const behind = await get(page(tagRow), "/api/v1/mirrors/app/tags?state=behind");
  assert.deepEqual(
    behind.items.map(({ tag }) => tag),
    ["<b>"],
  );
  const found = await get(page(tagRow), "/api/v1/mirrors/app/tags?search=.1");
  assert.deepEqual(
    found.items.map(({ tag }) => tag),
    ["1.1"],
  );
});

test("runs are told the latest first, in pages, with their logs", async () => {
  const { items } = await get(page(run), "/api/v1/runs?mirror=app");
  const states = items.map(({ state }) => state);
  assert.deepEqual(states, ["queued", "running", "partial", "failed"]);
  const first = await get(page(run), "/api/v1/runs?limit=3");
  const rest = await get(page(run), `/api/v1/runs?limit=3&before=${first.next}`);
  assert.deepEqual([...first.items, ...rest.items], items);
  assert.equal(rest.next, undefined);
  assert.deepEqual((await get(page(run), "/api/v1/runs?state=partial")).items, [items[2]]);
  assert.equal(items[3]?.error?.code, "DENIED");

  assert.deepEqual(await get(run, `/api/v1/runs/${items[2]?.id}`), items[2]);
  const log = await get(page(line), `/api/v1/runs/${items[2]?.id}/log`);
  assert.deepEqual(
    log.items.map(({ number, text }) => [number, text]),
    [
      [1, "sync of app"],
      [2, "of.tomorrow"],
    ],
  );
  assert.equal(log.items[1]?.error?.code, "DENIED");
  const short = await get(page(line), `/api/v1/runs/${items[2]?.id}/log?limit=1`);
  assert.deepEqual([short.items.length, short.next], [1, "1"]);
  assert.equal(
    (await get(page(line), `/api/v1/runs/${items[2]?.id}/log?limit=1&after=${short.next}`)).items[0]?.number,
    2,
  );
});

test("points are the runs that have ended, the earliest first", async () => {
  const { items } = await get(page(point), "/api/v1/mirrors/app/points");
  assert.deepEqual(
    items.map(({ state }) => state),
    ["failed", "partial"],
  );
  assert.deepEqual([items[1]?.seconds, items[1]?.bytesWritten, items[1]?.lag], [2, 20, 90_000]);
  assert.deepEqual((await get(page(point), `/api/v1/mirrors/app/points?since=${NOW + MINUTE}`)).items, []);
});

test("words are in the reader's language", async () => {
  const chinese = await get(page(run), "/api/v1/runs?state=failed", {
    headers: { "accept-language": "zh-CN,en;q=0.5" },
  });
  assert.match(chinese.items[0]?.error?.message ?? "", /\p{Script=Han}/u);
  const answer = await ask("/api/v1/mirrors/none?lang=zh", { headers: { "accept-language": "en" } });
  assert.match(Object(await answer.json()).hint, /\p{Script=Han}/u);
});

test("a sync that is asked for makes one run, and the same Idempotency-Key no other", async () => {
  const headers = { "idempotency-key": "once" };
  const question = { method: "POST", body: { tags: ["1.0", "1.1"] }, headers };
  const first = await get(queued, "/api/v1/mirrors/idle/sync", question);
  assert.deepEqual(
    [first.isNew, first.run.tags, first.run.by, first.run.trigger],
    [true, ["1.0", "1.1"], "operator", "manual"],
  );
  const again = await get(queued, "/api/v1/mirrors/idle/sync", question);
  assert.deepEqual([again.isNew, again.run.id], [false, first.run.id]);
  const all = await get(queued, "/api/v1/mirrors/idle/sync", { method: "POST" });
  assert.deepEqual([all.isNew, all.run.id, all.run.tags], [false, first.run.id, undefined]);
  const cancelled = await get(run, `/api/v1/runs/${first.run.id}/cancel`, { method: "POST" });
  assert.equal(cancelled.state, "cancelled");
  assert.deepEqual(await refused(`/api/v1/runs/${first.run.id}/cancel`, { method: "POST" }), [409, "RUN_ENDED"]);
});

test("a reload tells why another configuration is refused", async () => {
  const { loadedAt, error } = await get(reload, "/api/v1/reload", { method: "POST" });
  assert.deepEqual([loadedAt, error?.code], [NOW, "CONFIG_UNREADABLE"]);
});

test("messages to people are told by their titles", async () => {
  const [message] = (await get(page(delivery), "/api/v1/deliveries")).items;
  assert.deepEqual([message?.channel, message?.title, message?.state], ["ops", "Failed: sync of app", "waiting"]);
});

test("S24: a test message tells whether it was delivered, not what was answered nor where to", async () => {
  const answer = await ask("/api/v1/channels/ops/test", { method: "POST" });
  const text = await answer.text();
  assert.equal(answer.status, 200);
  assert.equal(JSON.parse(text).delivered, false);
  assert.ok(!text.includes("secret-path"));
  assert.deepEqual(await refused("/api/v1/channels/none/test", { method: "POST" }), [404, "NOTIFY_CHANNEL_UNKNOWN"]);
});

test("tokens are made, told once, and removed; the last operator stays", async () => {
  const { token, ...made } = await get(newToken, "/api/v1/tokens", {
    method: "POST",
    body: { name: "ci", role: "reader" },
  });
  assert.deepEqual(made, { name: "ci", role: "reader", createdAt: NOW });
  assert.deepEqual(await get(session, "/api/v1/session", { token }), { name: "ci", role: "reader" });
  assert.deepEqual(await refused("/api/v1/tokens", { method: "POST", body: { name: "ci", role: "operator" } }), [
    409,
    "TOKEN_EXISTS",
  ]);
  const listed = await ask("/api/v1/tokens");
  const text = await listed.text();
  assert.ok(text.includes('"ci"') && !text.includes("hash") && !text.includes(token));
  assert.equal((await ask("/api/v1/tokens/ci", { method: "DELETE" })).status, 204);
  assert.deepEqual(await refused("/api/v1/session", { token }), [401, "API_TOKEN_WRONG"]);
  assert.deepEqual(await refused("/api/v1/tokens/ci", { method: "DELETE" }), [404, "TOKEN_UNKNOWN"]);
  assert.deepEqual(await refused("/api/v1/tokens/operator", { method: "DELETE" }), [409, "TOKEN_NEEDED"]);
});

test("what cannot be read is refused with the place", async () => {
  const post = (body: unknown) => ({ method: "POST", body });
  const cases: readonly (readonly [string, Question, number, string])[] = [
    ["/api/v1/mirrors/app/sync", post("{"), 400, "API_BODY_INVALID"],
    ["/api/v1/mirrors/app/sync", post({ tags: ["a b"] }), 400, "API_BODY_INVALID"],
    ["/api/v1/mirrors/app/sync", post({ tags: [] }), 400, "API_BODY_INVALID"],
    ["/api/v1/mirrors/app/sync", post({ force: true }), 400, "API_BODY_INVALID"],
    ["/api/v1/mirrors/app/sync", post([]), 400, "API_BODY_INVALID"],
    ["/api/v1/mirrors/none/sync", post({}), 404, "MIRROR_UNKNOWN"],
    ["/api/v1/tokens", post({ name: "<b>", role: "reader" }), 400, "API_BODY_INVALID"],
    ["/api/v1/tokens", post({ name: "a", role: "root" }), 400, "API_BODY_INVALID"],
    ["/api/v1/runs?limit=0", {}, 400, "API_PARAMETER_INVALID"],
    ["/api/v1/runs?limit=1000000", {}, 400, "API_PARAMETER_INVALID"],
    ["/api/v1/runs?state=gone", {}, 400, "API_PARAMETER_INVALID"],
    ["/api/v1/mirrors/app/points?since=x", {}, 400, "API_PARAMETER_INVALID"],
    ["/api/v1/mirrors/constructor", {}, 404, "MIRROR_UNKNOWN"],
    ["/api/v1/runs/none", {}, 404, "RUN_UNKNOWN"],
    ["/api/v1/runs/none/log", {}, 404, "RUN_UNKNOWN"],
    ["/api/v1/runs/none/cancel", { method: "POST" }, 404, "RUN_UNKNOWN"],
    ["/api/v1/none", {}, 404, "API_PATH_UNKNOWN"],
    ["/api/v1/runs", { method: "DELETE" }, 404, "API_PATH_UNKNOWN"],
    ["/api/v1/mirrors/app/sync", post("x".repeat(1024 * 1024 + 1)), 413, "API_BODY_TOO_LARGE"],
  ];
  for (const [path, question, status, code] of cases)
    assert.deepEqual(await refused(path, question), [status, code], path);
});

test("S30: without a token, nothing of the API is answered; readers change nothing", async () => {
  for (const { method, path, access } of ROUTES) {
    const address = path.replace(/:mirror\b/, "app").replace(/:\w+(\{[^}]*\})?/g, "x");
    if (access === "anyone" || access === "public") continue;
    const asked = (token: string | null) => refused(address, { method: method.toUpperCase(), token });
    assert.deepEqual(await asked(null), [401, "API_TOKEN_REQUIRED"], address);
    assert.deepEqual(await asked("slipway_wrong"), [401, "API_TOKEN_WRONG"], address);
    if (method !== "get") assert.deepEqual(await asked(sample.reader), [403, "API_ROLE_INSUFFICIENT"], address);
    sample.daemon.now += MINUTE;
  }
  sample.daemon.now = NOW;
});

test("wrong tokens are counted for each client, and a right one gets in all the same", async () => {
  const from = "192.0.2.77";
  const wrong = () => refused("/api/v1/session", { token: "slipway_wrong", from });
  for (let count = 0; count < 10; count += 1) assert.deepEqual(await wrong(), [401, "API_TOKEN_WRONG"]);
  assert.deepEqual(await wrong(), [429, "API_ATTEMPTS_EXCEEDED"]);
  assert.equal((await ask("/api/v1/session", { from })).status, 200);
  assert.equal((await ask("/api/v1/session", { token: "slipway_wrong", from: "192.0.2.78" })).status, 401);
});

const ownPage = { origin: `http://${HOST}`, "sec-fetch-site": "same-origin" };

async function logIn(token: string, question: Question = {}): Promise<Response> {
  return ask("/api/v1/session", { method: "POST", token: null, body: { token }, headers: ownPage, ...question });
}

test("a login gives a cookie that only this site's pages send, and ends", async () => {
  const login = await logIn(sample.token);
  assert.deepEqual(await login.json(), { name: "operator", role: "operator" });
  const set = login.headers.get("set-cookie") ?? "";
  assert.match(set, /^slipway_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
  const cookie = set.split(";")[0] ?? "";
  const withCookie = (headers = {}) => ({ token: null, headers: { cookie, ...headers } });
  assert.equal((await ask("/api/v1/overview", withCookie())).status, 200);
  const sync = (headers = {}) => ask("/api/v1/mirrors/idle/sync", { method: "POST", ...withCookie(headers) });
  assert.equal((await sync(ownPage)).status, 202);
  assert.equal((await sync({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })).status, 403);
  assert.equal((await sync()).status, 403);
  const out = (headers = {}) => ask("/api/v1/session", { method: "DELETE", ...withCookie(headers) });
  assert.equal((await out()).status, 403);
  assert.equal((await out(ownPage)).status, 204);
  assert.deepEqual(await refused("/api/v1/overview", withCookie()), [401, "API_TOKEN_REQUIRED"]);
});

test("S28: another site cannot log a browser in", async () => {
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  assert.deepEqual((await logIn(sample.token, { headers })).status, 403);
});

test("after ten wrong tokens in the login, also the right one waits", async () => {
  const from = "192.0.2.99";
  for (let count = 0; count < 10; count += 1) assert.equal((await logIn("slipway_wrong", { from })).status, 401);
  const waiting = await logIn(sample.token, { from });
  assert.deepEqual([waiting.status, waiting.headers.get("retry-after")], [429, "60"]);
  daemon.now += MINUTE;
  assert.equal((await logIn(sample.token, { from })).status, 200);
  daemon.now = NOW;
});

test("the cookie is for TLS alone where people come by it", async () => {
  const url = "https://slipway.example.com";
  const before = daemon.inForce;
  daemon.inForce = { ...before, serve: { ...DEFAULT_SERVE, url } };
  const headers = { host: "slipway.example.com", origin: url };
  assert.match((await logIn(sample.token, { headers })).headers.get("set-cookie") ?? "", /; Secure;/);
  assert.doesNotMatch((await logIn(sample.token)).headers.get("set-cookie") ?? "", /Secure/);
  daemon.inForce = before;
});

test("S27: a foreign Host is refused before anything else, also where everybody may read", async () => {
  for (const path of [
    "/api/v1/overview",
    "/api/v1/events",
    "/status.json",
    "/metrics",
    "/healthz",
    "/",
    "/none",
    "/hooks/x",
  ]) {
    const answer = await ask(path, { headers: { host: "evil.example:4700" } });
    assert.deepEqual([answer.status, Object(await answer.json()).code], [403, "API_HOST_FOREIGN"], path);
  }
});

test("every answer tells browsers what they may do with it", async () => {
  for (const path of ["/api/v1/overview", "/none", "/", "/healthz", "/api/v1/runs/none"]) {
    const { headers } = await ask(path);
    assert.match(headers.get("content-security-policy") ?? "", /^default-src 'none'; script-src 'self'; /, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
    assert.equal(headers.get("access-control-allow-origin"), null);
    assert.equal(headers.get("cache-control"), "no-store");
  }
});

test("an error that nobody foresaw is told without its reason, which is in the log", async () => {
  const broken = await sampleApi("mirrors: []");
  broken.daemon.inForce = { ...broken.daemon.inForce, mirrors: null as never };
  const answer = await broken.ask("/api/v1/mirrors");
  const text = await answer.text();
  assert.deepEqual([answer.status, JSON.parse(text).code], [500, "UNEXPECTED"]);
  assert.ok(!text.includes("null"));
  assert.ok(broken.log.some(({ code }) => code === "UNEXPECTED"));
  await broken[Symbol.asyncDispose]();
});

test("requests are logged by route and asker, without what was sent", async () => {
  sample.log.length = 0;
  await ask("/api/v1/mirrors/idle/sync?x=secret-in-query", { method: "POST", body: { tags: ["secret-in-body"] } });
  const [{ method, route, status, by, event } = {}] = sample.log;
  assert.deepEqual(
    { method, route, status, by, event },
    { method: "POST", route: "/api/v1/mirrors/:mirror/sync", status: 202, by: "operator", event: "request" },
  );
  assert.ok(!JSON.stringify(sample.log).includes("secret-in"));
});
