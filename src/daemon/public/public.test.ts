import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { readStatus } from "../../site/sources/read-status.ts";
import type { TagRecord } from "../../store/records.ts";
import { HOST, type SampleOptions, sampleApi } from "../api/sample-api.ts";
import { badge } from "./badge.ts";
import { escapeText } from "./escape.ts";

const NOW = Date.UTC(2026, 0, 2, 3);
const MINUTE = 60_000;
const MIRRORS = `
mirrors:
  - { name: app, from: docker.io/acme/app, to: [one.example/acme/app, "two.example:5000/acme/app"], every: 10m }
  - { name: idle, from: ghcr.io/acme/idle, to: one.example/acme/idle }
`;

const web = await mkdtemp(join(tmpdir(), "slipway-web-"));
await mkdir(join(web, "dashboard", "assets"), { recursive: true });
await writeFile(join(web, "dashboard", "index.html"), "<!doctype html><title>dashboard</title>");
await writeFile(join(web, "dashboard", "assets", "index-B7x2kQ9d.js"), "export {};");
await writeFile(join(web, "dashboard", "assets", "notes.bin"), "x");
await writeFile(join(web, "secret.txt"), "outside");
const webRoot = join(web, "dashboard");

const sample = await sampleApi(MIRRORS, { now: NOW, webRoot });
after(async () => {
  await sample[Symbol.asyncDispose]();
  await rm(web, { recursive: true });
});

const digest = `sha256:${"a".repeat(64)}`;

function record(tag: string, place: string, state: TagRecord["state"]): TagRecord {
  const times =
    state === "in-step" ? { inStepAt: NOW, arrivedAt: NOW, lag: 90_000 } : { behindSince: NOW - 5 * MINUTE };
  const destination = `${place}/acme/app:${tag}`;
  return {
    mirror: "app",
    source: `docker.io/acme/app:${tag}`,
    destination,
    tag,
    state,
    sourceDigest: digest,
    checkedAt: NOW,
    ...times,
  };
}

await sample.daemon.endRun("app", {
  state: "done",
  records: [
    record("1", "one.example", "in-step"),
    record("2", "one.example", "in-step"),
    record("1", "two.example:5000", "in-step"),
    record("2", "two.example:5000", "behind"),
  ],
});

const anybody = { token: null };

test("status.json tells everybody how each destination is, in a form that the pages read", async () => {
  const answer = await sample.ask("/status.json", anybody);
  const told: unknown = await answer.json();
  const read = readStatus(told);
  assert.ok(read.kind === "status");
  assert.deepEqual(read.status, told);
  const [app, idle] = read.status.mirrors;
  assert.deepEqual([app?.name, app?.upstream, app?.status], ["app", "docker.io/acme/app", "syncing"]);
  assert.deepEqual([app?.last_ended, app?.last_ended_ts], ["2026-01-02T03:00:00.000Z", NOW / 1000]);
  assert.deepEqual([app?.next_schedule_ts, idle?.next_schedule], [NOW / 1000 + 600, null]);
  assert.deepEqual(app?.destinations, [
    {
      repository: "one.example/acme/app",
      status: "success",
      tags: { total: 2, in_step: 2, behind: 0, failed: 0 },
      lag_seconds: 90,
      last_update: "2026-01-02T03:00:00.000Z",
      last_update_ts: NOW / 1000,
    },
    {
      repository: "two.example:5000/acme/app",
      status: "syncing",
      tags: { total: 2, in_step: 1, behind: 1, failed: 0 },
      lag_seconds: 300,
      last_update: "2026-01-02T03:00:00.000Z",
      last_update_ts: NOW / 1000,
    },
  ]);
  assert.deepEqual([idle?.status, idle?.destinations[0]?.status], ["unknown", "unknown"]);
});

test("pages elsewhere may read status.json only where the daemon has an address for others", async () => {
  const allowed = async () => (await sample.ask("/status.json", anybody)).headers.get("access-control-allow-origin");
  assert.equal(await allowed(), null);
  const before = sample.daemon.inForce;
  sample.daemon.inForce = { ...before, serve: { ...before.serve, url: "https://slipway.example.com" } };
  assert.equal(await allowed(), "*");
  assert.equal((await sample.ask("/api/v1/overview")).headers.get("access-control-allow-origin"), null);
  sample.daemon.inForce = before;
});

test("a badge shows how a mirror is, under its name or another label", async () => {
  const answer = await sample.ask("/badge/app.svg", anybody);
  assert.equal(answer.headers.get("content-type"), "image/svg+xml; charset=utf-8");
  assert.equal(answer.headers.get("cross-origin-resource-policy"), "cross-origin");
  assert.match(answer.headers.get("cache-control") ?? "", /max-age=60/);
  assert.match(await answer.text(), /<title>app: behind by 1<\/title>/);
  assert.match(await (await sample.ask("/badge/idle.svg?label=image", anybody)).text(), /aria-label="image: unknown"/);
  assert.equal((await sample.ask("/badge/none.svg", anybody)).status, 404);
  assert.equal((await sample.ask("/badge/app", anybody)).status, 404);
});

test("S29: whatever a label holds, a badge is text in a picture", async () => {
  const evil = `</text><script>alert(1)</script>"'&`;
  const drawn = await (await sample.ask(`/badge/app.svg?label=${encodeURIComponent(evil)}`, anybody)).text();
  assert.ok(!drawn.includes("<script"));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (label) => {
      const picture = badge(label, "in step", "in-step");
      // What is left when the tags that a badge has are taken away holds neither a tag nor an attribute's end.
      const rest = picture.replace(/<\/?(?:svg|title|clipPath|rect|g|text)(?: [\w-]+="[^"<>]*")*\/?>/g, "");
      assert.ok(!/[<>"]/.test(rest), rest);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML takes none of them
      assert.ok(!/[\u0000-\u0008\u000b-\u001f]/.test(picture));
    }),
    { seed: 29, numRuns: 300 },
  );
});

test("S29: text in HTML stays text", () => {
  assert.equal(escapeText(`<a href="x" on='y'>&`), "&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;");
  assert.equal(escapeText("\u0000\ud800a"), "  a");
});

test("metrics are what the store knows, by mirror, host and state", async () => {
  const answer = await sample.ask("/metrics", anybody);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split("\n");
  for (const line of [
    'slipway_build_info{version="0.0.0"} 1',
    'slipway_mirror_health{mirror="app",state="behind"} 1',
    'slipway_mirror_health{mirror="idle",state="unknown"} 1',
    'slipway_mirror_tags{mirror="app",host="one.example",state="in-step"} 2',
    'slipway_mirror_tags{mirror="app",host="two.example:5000",state="behind"} 1',
    'slipway_mirror_lag_seconds{mirror="app"} 300',
    'slipway_mirror_runs{mirror="app",state="done"} 1',
    'slipway_mirror_bytes{mirror="app",kind="written"} 2000000',
    'slipway_queue_jobs{state="ready"} 0',
    "slipway_configuration_refused 0",
  ]) {
    assert.ok(lines.includes(line), `${line}\n${lines.filter((one) => !one.startsWith("#")).join("\n")}`);
  }
  assert.ok(lines.some((line) => /^process_resident_memory_bytes \d{7,}$/.test(line)));
  assert.ok(lines.some((line) => /^slipway_http_requests_total\{method="GET",status="2xx"\} [1-9]/.test(line)));
});

test("what asks whether it is alive and ready is answered without a token", async () => {
  const ask = async (path: string) => (await sample.ask(path, anybody)).status;
  assert.deepEqual([await ask("/healthz"), await ask("/readyz")], [200, 200]);
  sample.isReady = false;
  assert.deepEqual([await ask("/healthz"), await ask("/readyz")], [200, 503]);
  sample.isReady = true;
  const { ping } = sample.daemon.store;
  sample.daemon.store.ping = () => Promise.reject(new Error("no store"));
  assert.deepEqual([await ask("/healthz"), await ask("/readyz")], [200, 503]);
  sample.daemon.store.ping = ping;
});

test("the dashboard's files are served, hashed ones for ever", async () => {
  const page = await sample.ask("/", anybody);
  assert.deepEqual([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
  assert.equal(page.headers.get("cache-control"), "no-cache");
  assert.match(await page.text(), /dashboard/);
  const script = await sample.ask("/assets/index-B7x2kQ9d.js", anybody);
  assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
  assert.equal(script.headers.get("cache-control"), "public, max-age=31536000, immutable");
});

test("nothing outside of the dashboard's folder is served, nor what is no part of a page", async () => {
  for (const path of [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/%00",
    "/assets",
    "/assets/notes.bin",
    "/none.js",
    "/%ff",
  ]) {
    assert.equal((await sample.ask(path, anybody)).status, 404, path);
  }
});

test("a dashboard that is not built says how to", async () => {
  await using bare = await sampleApi(MIRRORS, { webRoot: join(web, "nothing") });
  const answer = await bare.ask("/", { token: null, headers: { "accept-language": "zh" } });
  assert.equal(answer.status, 404);
  assert.match(await answer.text(), /lang="zh-CN"[\s\S]*npm run web/);
  assert.equal((await bare.ask("/plain.css")).headers.get("content-type"), "text/css; charset=utf-8");
});

const privately = (options: SampleOptions = {}) =>
  sampleApi(`serve: { private: true }\n${MIRRORS}`, { webRoot, ...options });

test("private: status, badges, metrics and the dashboard are for readers; probes are for anybody", async () => {
  await using closed = await privately();
  for (const path of ["/status.json", "/badge/app.svg", "/metrics"]) {
    assert.equal((await closed.ask(path, anybody)).status, 401, path);
    assert.equal((await closed.ask(path, { token: closed.reader })).status, 200, path);
  }
  for (const path of ["/", "/assets/index-B7x2kQ9d.js"]) {
    const answer = await closed.ask(path, anybody);
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/login"], path);
    assert.equal((await closed.ask(path, { token: closed.reader })).status, 200, path);
  }
  for (const path of ["/healthz", "/readyz", "/login", "/plain.css"])
    assert.equal((await closed.ask(path, anybody)).status, 200, path);
});

test("private: a form without script logs in, complains of a wrong token, and takes none from another site", async () => {
  await using closed = await privately();
  const form = (token: string, headers = {}) =>
    closed.ask("/login", {
      method: "POST",
      token: null,
      body: `token=${encodeURIComponent(token)}`,
      headers: { "content-type": "application/x-www-form-urlencoded", origin: `http://${HOST}`, ...headers },
    });
  const shown = await (await closed.ask("/login", anybody)).text();
  assert.match(shown, /<form method="post" action="login">/);
  assert.doesNotMatch(shown, /<script|style=/);
  const wrong = await form("slipway_wrong");
  assert.equal(wrong.status, 401);
  assert.match(await wrong.text(), /role="alert"/);
  assert.equal((await form(closed.reader, { origin: "https://evil.example" })).status, 403);
  const right = await form(closed.reader);
  assert.deepEqual([right.status, right.headers.get("location")], [303, "./"]);
  const cookie = right.headers.get("set-cookie")?.split(";")[0] ?? "";
  assert.equal((await closed.ask("/", { token: null, headers: { cookie } })).status, 200);
});
