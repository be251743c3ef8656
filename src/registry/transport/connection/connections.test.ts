import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { after, before, test } from "node:test";
import type { HostOptions } from "../../options.ts";
import { type ConnectionSettings, Connections } from "./connections.ts";
import { mapConnectionError } from "./errors.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { listening, makeAuthority, startTinyproxy, temporaryFolder } from "./test-support.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let pki: Awaited<ReturnType<typeof makeAuthority>>;
before(async () => {
  folder = await temporaryFolder();
  pki = await makeAuthority(folder.path);
});
after(() => folder[Symbol.asyncDispose]());

/** Connections that end with the test. */
function open(options: HostOptions = {}, settings: ConnectionSettings = {}) {
  const connections = new Connections(options, { env: {}, certificateFolders: [], ...settings });
  return Object.assign(connections, { [Symbol.asyncDispose]: () => connections.close() });
}

async function get(connections: Connections, url: URL, path = "/", policy = { publicOnly: false }): Promise<string> {
  try {
    const { body, statusCode } = await (await connections.dispatcher(url, policy)).request({ path, method: "GET" });
    return `${statusCode} ${await body.text()}`;
  } catch (error) {
    throw mapConnectionError(error, {
      host: url.host,
      operation: `GET ${path}`,
      limits: { ...DEFAULT_LIMITS, ...FAST },
    });
  }
}

const FAST = { connections: 2, headersTimeout: 200, bodyTimeout: 200 };
const hello = () => createHttpServer((request, response) => response.end(`hello ${request.url}`));
const secureHello = () => createServer(pki.server, (request, response) => response.end(`secret ${request.url}`));

test("a host of this machine is asked once what it speaks", async () => {
  await using plain = await listening(hello());
  await using secure = await listening(secureHello());
  await using connections = open({ ca: pki.ca });
  assert.equal((await connections.baseUrl(plain.host)).href, `http://${plain.host}/`);
  assert.equal((await connections.baseUrl(secure.host)).href, `https://${secure.host}/`);
  assert.equal(await get(connections, await connections.baseUrl(secure.host), "/v2/"), "200 secret /v2/");
  await secure[Symbol.asyncDispose]();
  assert.equal((await connections.baseUrl(secure.host)).protocol, "https:");
  assert.equal((await connections.baseUrl("ghcr.io")).href, "https://ghcr.io/");
});

test("a host that cannot be reached is asked again next time", async () => {
  const gone = await listening(hello());
  await gone[Symbol.asyncDispose]();
  await using connections = open();
  await assert.rejects(connections.baseUrl(gone.host), { code: "HOST_UNREACHABLE", retryable: true });
  await new Promise<void>((resolve) => gone.server.listen(gone.port, "127.0.0.1", resolve));
  assert.equal((await connections.baseUrl(gone.host)).protocol, "http:");
  gone.server.close();
});

test("no more sockets than allowed, and they are used again", async () => {
  let sockets = 0;
  await using plain = await listening(hello().on("connection", () => sockets++));
  await using connections = open({}, { limits: FAST });
  const url = new URL(`http://${plain.host}`);
  await Promise.all(Array.from({ length: 20 }, (_, index) => get(connections, url, `/${index}`)));
  assert.ok(sockets >= 1 && sockets <= 2, `${sockets} sockets`);
});

test("silence and cut connections have their names", async () => {
  const server = createHttpServer((request, response) => {
    if (request.url === "/silent") return;
    response.writeHead(200, { "content-length": "10" }).write("12345");
    if (request.url === "/cut") setTimeout(() => response.destroy(), 20);
  });
  await using plain = await listening(server);
  await using connections = open({}, { limits: FAST });
  const url = new URL(`http://${plain.host}`);
  for (const path of ["/silent", "/stalled"]) {
    await assert.rejects(get(connections, url, path), {
      code: "TIMED_OUT",
      facts: { host: plain.host, operation: `GET ${path}`, seconds: 0.2 },
    });
  }
  await assert.rejects(get(connections, url, "/cut"), { code: "CONNECTION_LOST", retryable: true });
});

test("names that do not exist, and closing", async () => {
  await using silent = await listening(createHttpServer());
  await using connections = open();
  await assert.rejects(get(connections, new URL("http://slipway.invalid")), { code: "HOST_UNKNOWN" });
  const waiting = get(connections, new URL(`http://${silent.host}`));
  const rejected = assert.rejects(waiting, { code: "INTERRUPTED" });
  await connections.close();
  await rejected;
});

test("S1, S2: what is not public is refused before a connection is made", async () => {
  let sockets = 0;
  await using plain = await listening(hello().on("connection", () => sockets++));
  await using connections = open();
  const policy = { publicOnly: true };
  await assert.rejects(get(connections, new URL(`http://${plain.host}`), "/", policy), {
    code: "ADDRESS_REFUSED",
    facts: { host: plain.host, address: "127.0.0.1", kind: "loopback" },
  });
  await assert.rejects(get(connections, new URL(`http://localhost:${plain.port}`), "/", policy), {
    code: "ADDRESS_REFUSED",
  });
  await assert.rejects(get(connections, new URL("http://[::ffff:a9fe:a9fe]"), "/", policy), {
    code: "ADDRESS_REFUSED",
    message: /metadata/,
  });
  assert.equal(sockets, 0);
  assert.equal(await get(connections, new URL(`http://localhost:${plain.port}`)), "200 hello /");
});

test("through a proxy: plain HTTP in absolute form, TLS in a tunnel", async () => {
  let via: unknown;
  await using plain = await listening(hello().on("request", (request) => (via = request.headers.via)));
  await using secure = await listening(secureHello());
  await using proxy = await startTinyproxy(folder.path, [
    `ConnectPort ${secure.port}`,
    'ViaProxyName "tiny"',
    "BasicAuth me password",
  ]);
  await using connections = open({ ca: pki.ca, proxy: `http://me:p%61ssword@${proxy.host}` });
  assert.equal(await get(connections, new URL(`http://${plain.host}`), "/a?b=c"), "200 hello /a?b=c");
  assert.match(String(via), /tiny/);
  assert.equal(await get(connections, new URL(`https://${secure.host}`), "/v2/"), "200 secret /v2/");

  await using strange = open({ proxy: `http://me:p%61ssword@${proxy.host}` });
  await assert.rejects(get(strange, new URL(`https://${secure.host}`)), { code: "TLS_FAILED" });
});

test("a proxy that refuses is told apart from the registry, and no password is told", async () => {
  await using plain = await listening(hello());
  await using proxy = await startTinyproxy(folder.path, ["ConnectPort 443", "BasicAuth me canary"]);
  const tls = new URL("https://127.0.0.1:1");
  const refused = { code: "PROXY_REFUSED", retryable: false };
  await using stranger = open({ proxy: `http://${proxy.host}` });
  await assert.rejects(get(stranger, tls), { ...refused, message: /status 407/ });
  await assert.rejects(get(stranger, new URL(`http://${plain.host}`)), refused);
  await using known = open({ proxy: `http://me:canary@${proxy.host}` });
  await assert.rejects(get(known, tls), (error: Error) => {
    assert.match(error.message, /the proxy before 127\.0\.0\.1:1 refuses: status 403/);
    assert.doesNotMatch(JSON.stringify([error.message, String(error.cause)]), /canary/);
    return true;
  });
});

test("a proxy that is not there, or hangs up", async () => {
  const registry = new URL("https://registry.example");
  await using gone = open({ proxy: "http://127.0.0.1:1" });
  await assert.rejects(get(gone, registry), { code: "HOST_UNREACHABLE", message: /127\.0\.0\.1 port 1/ });
  await using rude = await listening(createTcpServer((socket) => socket.once("data", () => socket.end())));
  await using dropped = open({ proxy: `http://${rude.host}` });
  await assert.rejects(get(dropped, registry), { code: "PROXY_REFUSED", retryable: true });
});

test("a silent proxy is left after the head's time", async () => {
  await using silent = await listening(createTcpServer((socket) => socket.resume().on("error", () => {})));
  await using connections = open({ proxy: `http://${silent.host}` }, { limits: FAST });
  await assert.rejects(get(connections, new URL("https://registry.example")), { code: "TIMED_OUT" });
});

test("of many connections to a server only the first has a whole handshake", async () => {
  const resumed: boolean[] = [];
  const server = secureHello().on("secureConnection", (socket) => resumed.push(socket.isSessionReused()));
  await using secure = await listening(server);
  await using connections = open({ ca: pki.ca });
  const url = new URL(`https://${secure.host}/`);
  const ask = async (bytes: number) => {
    const wire = connections.wire(url, { publicOnly: false }, bytes);
    const answer = await wire?.send({ method: "GET", url, headers: {}, alone: true });
    assert.equal(String(await answer?.bytes(100)), "secret /");
  };
  await ask(0);
  await Promise.all([ask(0), ask(0), ask(10_000_000)]);
  assert.deepEqual(resumed, [false, true, true, true]);
});
