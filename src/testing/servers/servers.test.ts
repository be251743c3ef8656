import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { randomImage, randomIndex } from "../images/random.ts";
import { startRegistry } from "../registry/start.ts";
import { makeAuthority } from "./certificates.ts";
import { startDockerRegistry } from "./docker-registry.ts";
import { startTlsFront } from "./nginx.ts";
import { pathOf } from "./program.ts";
import { startRecordingProxy } from "./recording-proxy.ts";
import { skopeoCopy, skopeoDigest, skopeoInspectRaw } from "./skopeo.ts";
import { startTinyproxy } from "./tinyproxy.ts";

const USERS = { alice: "secret" };
const CREDENTIALS = "alice:secret";
const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

const index = await randomIndex({ seed: "servers", platforms: PLATFORMS });

function statusOf(url: string, options: RequestOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const make = url.startsWith("https:") ? httpsRequest : httpRequest;
    const request = make(url, { agent: false, ...options }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    request.once("error", reject).end();
  });
}

describe("skopeo and our registry", () => {
  it("pass images of every kind to each other, byte for byte", async () => {
    await using from = await startRegistry({ redirectBlobs: true });
    await using to = await startRegistry({ auth: { kind: "token", users: USERS, expiresInSeconds: 60 } });
    const docker = await randomIndex({ seed: "docker", platforms: PLATFORMS, format: "docker" });
    for (const [name, image] of Object.entries({ index, docker, single: await randomImage({ seed: "single" }) })) {
      await from.put(name, image, "v1");
      const end = { reference: `docker://${to.host}/copy/${name}:v1`, credentials: CREDENTIALS };
      await skopeoCopy({ reference: `docker://${from.host}/${name}:v1` }, end);
      assert.equal(to.tags(`copy/${name}`).v1, image.root.digest);
      assert.equal(to.blobs(`copy/${name}`).size, image.blobs.length);
      assert.equal(await skopeoDigest(end), image.root.digest);
    }
  });
});

describe("docker-registry", () => {
  for (const [auth, credentials] of [
    [{ kind: "none" }, undefined],
    [{ kind: "basic", users: USERS }, CREDENTIALS],
    [{ kind: "token", users: USERS, expiresInSeconds: 60 }, CREDENTIALS],
  ] as const) {
    it(`takes what skopeo sends, with authentication: ${auth.kind}`, async () => {
      await using from = await startRegistry();
      await from.put("app", index, "v1");
      await using to = await startDockerRegistry({ auth });
      const end = { reference: `docker://${to.host}/team/app:v1`, ...(credentials !== undefined && { credentials }) };
      await skopeoCopy({ reference: `docker://${from.host}/app:v1` }, end);
      assert.equal(await skopeoDigest(end), index.root.digest);
      const root = index.manifests.at(-1);
      assert.equal(await skopeoInspectRaw(end), Buffer.from(root?.bytes ?? []).toString());
      const anonymous = await statusOf(`${to.origin}/v2/team/app/tags/list`);
      assert.equal(anonymous, auth.kind === "none" ? 200 : 401);
      const wrong = skopeoInspectRaw({ ...end, credentials: "alice:wrong" });
      await (auth.kind === "none" ? wrong : assert.rejects(wrong, /authentication|unauthorized/));
    });
  }

  it("takes no token after its time", async () => {
    await using registry = await startDockerRegistry({ auth: { kind: "token", users: USERS, expiresInSeconds: 2 } });
    assert.ok(registry.tokens !== undefined);
    const authorization = `Basic ${Buffer.from(CREDENTIALS).toString("base64")}`;
    const query = "service=slipway-test-registry&scope=repository:app:pull,push";
    const answer = await fetch(`${registry.tokens.realm}?${query}`, { headers: { authorization } });
    const headers = { authorization: `Bearer ${JSON.parse(await answer.text()).token}` };
    const uploads = `${registry.origin}/v2/app/blobs/uploads/`;
    assert.equal(await statusOf(uploads, { method: "POST", headers }), 202);
    await sleep(2000);
    assert.equal(await statusOf(uploads, { method: "POST", headers }), 401);
    assert.equal(registry.tokens.requests.count("GET", "token"), 1);
  });

  it("deletes nothing when it is told so", async () => {
    await using registry = await startDockerRegistry({ deletes: false });
    const blob = `${registry.origin}/v2/app/blobs/${index.root.digest}`;
    assert.equal(await statusOf(blob, { method: "DELETE" }), 405);
  });

  it("leaves nothing behind", async () => {
    const registry = await startDockerRegistry();
    await registry[Symbol.asyncDispose]();
    await assert.rejects(access(registry.folder));
    await assert.rejects(statusOf(`${registry.origin}/v2/`), /ECONNREFUSED/);
  });

  it("ends with the process that started it, even when that is killed", async () => {
    const module = new URL("./docker-registry.ts", import.meta.url).href;
    const script = `
      const { startDockerRegistry } = await import(${JSON.stringify(module)});
      const { origin, folder } = await startDockerRegistry();
      console.log(JSON.stringify({ origin, folder }));
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
      await new Promise(() => setInterval(() => undefined, 1000));`;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    const killed: { stdout: string } = await run.catch((error) => error);
    const { origin, folder } = JSON.parse(killed.stdout);
    await rm(folder, { recursive: true });
    await sleep(100);
    await assert.rejects(statusOf(`${origin}/v2/`), /ECONNREFUSED/);
  });
});

describe("TLS", () => {
  it("is spoken by nginx in front of a registry, with an authority of our own", async () => {
    await using registry = await startDockerRegistry();
    await using authority = await makeAuthority(["registry.example.test"]);
    await using front = await startTlsFront({ upstream: registry.host, authority });
    await assert.rejects(statusOf(`${front.origin}/v2/`), /self.signed|unable to verify/);
    assert.equal(await statusOf(`${front.origin}/v2/`, { ca: authority.ca }), 200);
    await using from = await startRegistry();
    await from.put("app", index, "v1");
    const end = { reference: `docker://${front.host}/app:v1`, certDir: authority.certDir };
    await skopeoCopy({ reference: `docker://${from.host}/app:v1` }, end);
    assert.equal(await skopeoDigest(end), index.root.digest);
  });

  it("can ask for a client's certificate", async () => {
    await using registry = await startRegistry();
    await using authority = await makeAuthority();
    await using front = await startTlsFront({ upstream: registry.host, authority, clientCertificates: true });
    assert.equal(await statusOf(`${front.origin}/v2/`, { ca: authority.ca }), 400);
    assert.equal(await statusOf(`${front.origin}/v2/`, { ca: authority.ca, ...authority.client }), 200);
  });

  it("is spoken by our registry itself", async () => {
    await using authority = await makeAuthority();
    await using registry = await startRegistry({ tls: { ...authority.server, ca: authority.ca } });
    assert.equal(await statusOf(`${registry.origin}/v2/`, { ca: authority.ca, ...authority.client }), 200);
    await assert.rejects(statusOf(`${registry.origin}/v2/`, { ca: authority.ca }));
  });
});

describe("proxies", () => {
  const credentials = { user: "proxy-user", password: "proxy-password" };
  const encoded = Buffer.from("proxy-user:proxy-password").toString("base64");
  const authorized = { "proxy-authorization": `Basic ${encoded}` };

  /** Asks for an absolute URL, as clients of a proxy do. */
  const through = (proxy: string, url: string, headers: Readonly<Record<string, string>> = {}) =>
    statusOf(proxy, { path: url, headers: { ...headers, host: new URL(url).host } });

  /** Opens a tunnel; the proxy's status, and that of a request inside it. */
  const tunnel = (proxy: string, authority: string, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<readonly number[]>((resolve, reject) => {
      const request = httpRequest(proxy, { method: "CONNECT", path: authority, headers, agent: false });
      request.once("error", reject).end();
      request.once("connect", (response, socket) => {
        const status = response.statusCode ?? 0;
        if (status !== 200) {
          socket.destroy();
          resolve([status]);
          return;
        }
        const inner = statusOf("http://inside/v2/", { agent: undefined, createConnection: () => socket });
        inner.then((inside) => resolve([status, inside]), reject);
      });
    });

  it("can be tinyproxy", async () => {
    await using registry = await startRegistry();
    await using proxy = await startTinyproxy({ credentials });
    assert.equal(await through(proxy.origin, `${registry.origin}/v2/`), 407);
    assert.equal(await through(proxy.origin, `${registry.origin}/v2/`, authorized), 200);
    assert.deepEqual(await tunnel(proxy.origin, registry.host, authorized), [200, 200]);
    await using narrow = await startTinyproxy({ connectPorts: [443] });
    assert.deepEqual(await tunnel(narrow.origin, registry.host), [403]);
  });

  it("can be our own, which knows names that no DNS does and writes all down", async () => {
    await using registry = await startRegistry();
    const hosts = { "registry.example.test": registry.host };
    await using proxy = await startRecordingProxy({ hosts, credentials });
    assert.equal(await through(proxy.origin, "http://registry.example.test/v2/"), 407);
    assert.equal(await through(proxy.origin, "http://registry.example.test/v2/", authorized), 200);
    assert.deepEqual(await tunnel(proxy.origin, "registry.example.test:443"), [407]);
    assert.deepEqual(await tunnel(proxy.origin, "registry.example.test:443", authorized), [200, 200]);
    assert.deepEqual(proxy.requests, [
      { method: "GET", authority: "registry.example.test:80", authorized: false },
      { method: "GET", authority: "registry.example.test:80", authorized: true },
      { method: "CONNECT", authority: "registry.example.test:443", authorized: false },
      { method: "CONNECT", authority: "registry.example.test:443", authorized: true },
    ]);
    assert.equal(
      [...registry.requests].some((request) => "proxy-authorization" in request.headers),
      false,
    );
  });
});

describe("tools", () => {
  it("that are missing are named with the command that installs them", async () => {
    const missing = pathOf({ name: "no-such-registry", aptPackage: "no-such-package" });
    await assert.rejects(missing, { message: "no-such-registry is not installed: apt-get install no-such-package" });
  });

  it("leave no folder of theirs", async () => {
    const authority = await makeAuthority();
    await access(authority.folder);
    await authority[Symbol.asyncDispose]();
    await assert.rejects(access(authority.folder), /ENOENT/);
  });
});
