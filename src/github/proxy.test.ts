import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { clientOptions } from "../testing/github/client.ts";
import { type Authority, makeAuthority, startGitHub, startRecordingProxy, temporaryFolder } from "../testing/index.ts";
import { SlipwayError } from "../words/error.ts";
import { openGitHub } from "./github.ts";
import { proxySettings } from "./proxy.ts";

const NAME = "git.example.test";
let authority: Authority;

before(async () => {
  authority = await makeAuthority([NAME]);
});
after(() => authority[Symbol.asyncDispose]());

/** An Enterprise server that has a name, which only the proxy knows. */
const startNamed = () => startGitHub({ kind: "enterprise", tls: authority.server, host: NAME });

test("questions and uploads go through the environment's proxy", async () => {
  await using folder = await temporaryFolder("upload");
  await writeFile(join(folder.path, "a.txt"), "hello");
  await using server = await startNamed();
  const { host, port } = new URL(server.apiUrl);
  await using proxy = await startRecordingProxy({ hosts: { [host]: `127.0.0.1:${port}` } });
  for (const name of ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"]) {
    const environment = { [name]: proxy.origin, HTTP_PROXY: "http://127.0.0.1:1" };
    await using github = openGitHub({ ...clientOptions(server), ca: authority.ca, environment });
    const draft = await github.createDraft({ tag: "v1", target: "main", name: "", body: "", prerelease: false });
    await github.uploadAsset(draft, { file: join(folder.path, "a.txt"), name: `${name}.txt` });
  }
  assert.deepEqual(
    [...new Set(proxy.requests.map(({ method, authority: asked }) => `${method} ${asked}`))],
    [`CONNECT ${host}`],
  );
  assert.equal(server.requests.count("repos/upload-release-asset"), 3);
  assert.deepEqual(server.violations, []);
});

test("NO_PROXY is passed by, and this machine never asked for", async () => {
  await using server = await startNamed();
  await using proxy = await startRecordingProxy();
  const options = { ...clientOptions(server), ca: authority.ca, retry: { attempts: 1 } };
  await using past = openGitHub({ ...options, environment: { HTTPS_PROXY: proxy.origin, NO_PROXY: "example.test" } });
  await assert.rejects(past.rights(), {
    code: "GITHUB_UNREACHABLE",
    facts: {
      reason: "this machine cannot resolve its name",
      host: new URL(server.apiUrl).host,
      operation: "GET /api/v3/repos/acme/app",
    },
  });
  await using local = openGitHub({
    ...options,
    apiUrl: server.apiUrl.replace(NAME, "127.0.0.1"),
    environment: { HTTPS_PROXY: proxy.origin },
  });
  assert.equal((await local.rights()).defaultBranch, "main");
  assert.equal(proxy.requests.length, 0);
});

test("a proxy that wants a password says so, once, and gets it from its address", async () => {
  await using server = await startNamed();
  const { host, port } = new URL(server.apiUrl);
  const credentials = { user: "me", password: "canary word" };
  await using proxy = await startRecordingProxy({ hosts: { [host]: `127.0.0.1:${port}` }, credentials });
  const open = (HTTPS_PROXY: string) =>
    openGitHub({ ...clientOptions(server), ca: authority.ca, environment: { HTTPS_PROXY } });
  await using stranger = open(proxy.origin);
  await assert.rejects(stranger.rights(), { code: "GITHUB_UNREACHABLE", retryable: false, message: /407/ });
  assert.equal(proxy.requests.length, 1);
  await using mistaken = open(proxy.origin.replace("//", "//me:canary@"));
  const error = await mistaken.rights().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof SlipwayError);
  assert.doesNotMatch(inspect(error, { depth: 20, showHidden: true }), /canary|bWU6Y2FuYXJ5/);
  await using known = open(proxy.origin.replace("//", "//me:canary%20word@"));
  assert.equal((await known.rights()).isPrivate, false);
});

test("a proxy's address that cannot be one is refused without being quoted", async () => {
  for (const [value, reason] of [
    ["http://", /not a URL/],
    ["socks5://me:canary@proxy", /socks5:\/\/ is not a kind/],
  ] as const) {
    assert.throws(() => proxySettings({ HTTPS_PROXY: value }), { code: "PROXY_INVALID", message: reason });
  }
  await using github = openGitHub({
    repository: { owner: "a", name: "b" },
    userAgent: "test",
    environment: { ALL_PROXY: "http://" },
  });
  await assert.rejects(github.rights(), { code: "PROXY_INVALID" });
});
