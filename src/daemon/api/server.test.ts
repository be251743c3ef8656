import assert from "node:assert/strict";
import { get } from "node:http";
import { connect } from "node:net";
import { after, test } from "node:test";
import { pino } from "pino";
import { SlipwayError } from "../../words/error.ts";
import { sampleApi } from "./sample-api.ts";
import { type RunningServer, startServer } from "./server.ts";

const sample = await sampleApi(`
serve: { webhooks: { deaf: { kind: github, secret: "" } } }
mirrors:
  - { name: app, from: docker.io/acme/app, to: one.example/acme/app }
`);
const lines: string[] = [];
const logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
const streams = { every: 5, beat: 50, limit: 3 };
const started = (listen: string) =>
  startServer(sample.api.control, { listen, environment: {}, logger, webRoot: "/nowhere", streams });
const server = await started("127.0.0.1:0");
after(async () => {
  await server.close();
  await sample[Symbol.asyncDispose]();
});
const bearer = { authorization: `Bearer ${sample.token}` };

/** What a raw request is answered with. */
function raw(text: string, { url }: RunningServer = server): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

test("it listens where it says, and answers", async () => {
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  const answer = await fetch(`${server.url}/api/v1/mirrors`, { headers: bearer });
  assert.equal(Object(await answer.json()).items[0].name, "app");
  assert.equal((await fetch(`${server.url}/api/v1/mirrors`)).status, 401);
  const head = await fetch(`${server.url}/api/v1/events`, { method: "HEAD", headers: bearer });
  assert.equal(head.status, 200);
});

test("S27: the connection's own address and loopback's names are its own, others are not", async () => {
  const { port } = new URL(server.url);
  const status = async (host: string) =>
    (await raw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).slice(9, 12);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
    assert.equal(await status(host), "200", host);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1:1", `127.0.0.2:${port}`]) {
    assert.equal(await status(host), "403", host);
  }
  assert.equal((await raw("GET /healthz HTTP/1.0\r\n\r\n")).slice(9, 12), "400");
  assert.equal((await raw("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")).slice(9, 12), "400");
});

test("a body that grows beyond what is taken is refused while it comes", async () => {
  const { host } = new URL(server.url);
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  const request = `POST /hooks/x HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.repeat(17)}0\r\n\r\n`;
  assert.match(await raw(request), /^HTTP\/1\.1 413 /);
});

test("headers that are too large are refused", async () => {
  const { host } = new URL(server.url);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
});

test("a live view ends when its reader goes, and room is made", async () => {
  const open = () =>
    new Promise<{ status: number; leave: () => void }>((resolve, reject) => {
      const request = get(`${server.url}/api/v1/events`, { headers: bearer }, (answer) => {
        answer.on("error", () => undefined);
        answer.once("data", () => resolve({ status: answer.statusCode ?? 0, leave: () => request.destroy() }));
      });
      request.on("error", reject);
    });
  const views = [await open(), await open(), await open()];
  assert.equal((await open()).status, 503);
  for (const { leave } of views) leave();
  for (let tries = 0; ; tries += 1) {
    const view = await open();
    view.leave();
    if (view.status === 200) break;
    assert.ok(tries < 50);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test("a change in the store arrives in a live view of another connection", async () => {
  const answer = await fetch(`${server.url}/api/v1/events`, { headers: bearer });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  await fetch(`${server.url}/api/v1/mirrors/app/sync`, { method: "POST", headers: bearer });
  let said = "";
  while (!said.includes("event: change")) said += (await reader?.read())?.value ?? "";
  assert.match(said, /id: 1\nevent: change\ndata: \{"mirrors":\["app"\]\}\n\n/);
  await reader?.cancel();
});

test("a webhook without a secret is warned of at the start", () => {
  assert.ok(lines.some((line) => JSON.parse(line).hook === "deaf" && JSON.parse(line).level === 40));
});

test("an address that is taken, or is none, is refused", async () => {
  const { host } = new URL(server.url);
  const code = (expected: string) => (thrown: unknown) => thrown instanceof SlipwayError && thrown.code === expected;
  await assert.rejects(started(host), code("API_LISTEN_FAILED"));
  await assert.rejects(started("nonsense"), code("API_LISTEN_INVALID"));
});

test("it ends at once, with its live views", async () => {
  const other = await started("127.0.0.1:0");
  const answer = await fetch(`${other.url}/api/v1/events`, { headers: bearer });
  const began = performance.now();
  const text = answer.text();
  await other.close();
  await text;
  assert.ok(performance.now() - began < 2000);
  await assert.rejects(fetch(`${other.url}/healthz`));
});

test("requests that do not tell how long they are: a DELETE without a body, and chunks", async () => {
  const gone = await fetch(`${server.url}/api/v1/tokens/watcher`, { method: "DELETE", headers: bearer });
  assert.equal(gone.status, 204);
  for (const [text, status] of [
    ['{"tags":["1.0"]}', 202],
    ['{"tags":[""]}', 400],
    [" ".repeat(1024 * 1024 + 1), 413],
  ] as const) {
    const options = { method: "POST", headers: bearer, body: new Blob([text]).stream(), duplex: "half" } as const;
    const answer = await fetch(`${server.url}/api/v1/mirrors/app/sync`, options);
    assert.equal(answer.status, status);
    await answer.body?.cancel();
  }
});
