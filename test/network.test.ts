import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  type Authority,
  makeAuthority,
  randomImage,
  startRecordingProxy,
  startRegistry,
  startTinyproxy,
  startTlsFront,
  type TestRegistry,
  type TlsFront,
} from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

/** A name that no DNS knows: only a proxy can lead there. */
const NAME = "registry.example.test";

const image = await randomImage({ seed: "network" });
let source: TestRegistry;
let authority: Authority;

before(async () => {
  source = await startRegistry();
  await source.put("team/app", image, "v1");
  authority = await makeAuthority([NAME]);
});

after(async () => {
  await source.close();
  await authority[Symbol.asyncDispose]();
});

function hosts(host: string, options: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ version: 1, hosts: { [host]: options } });
}

/** Copies to a host; with `config`, what `slipway.yaml` says of it. */
async function copyTo(host: string, config?: Readonly<Record<string, unknown>>, env = {}) {
  await using workplace = await Workplace.with({
    "ca.pem": authority.ca,
    "client.pem": authority.client.cert,
    "client.key": authority.client.key,
    ...(config !== undefined && { "slipway.yaml": hosts(host, config) }),
  });
  return await workplace.slipway(["copy", `${source.host}/team/app:v1`, `${host}/team/app`, "--retries", "0"], { env });
}

describe("TLS with an authority of one's own", () => {
  let behind: TestRegistry;
  let front: TlsFront;
  let strict: TlsFront;

  before(async () => {
    behind = await startRegistry();
    front = await startTlsFront({ upstream: behind.host, authority });
    strict = await startTlsFront({ upstream: behind.host, authority, clientCertificates: true });
  });

  after(async () => {
    for (const server of [front, strict, behind]) await server[Symbol.asyncDispose]();
  });

  const arrives: readonly (readonly [name: string, to: () => TlsFront, config: Readonly<Record<string, unknown>>])[] = [
    ["`ca` under `hosts:` is enough", () => front, { ca: "ca.pem" }],
    ["`insecure` takes any certificate", () => front, { insecure: true }],
    [
      "`cert` and `key` are shown where a client's certificate is wanted",
      () => strict,
      { ca: "ca.pem", cert: "client.pem", key: "client.key" },
    ],
  ];
  for (const [name, to, config] of arrives) {
    test(name, async () => {
      const ended = await copyTo(to().host, config);
      assert.equal(ended.code, 0, ended.stderr);
      assert.equal(behind.tags("team/app").v1, image.root.digest);
    });
  }

  test("certs.d of containers is read", async () => {
    await using workplace = await Workplace.with();
    const folder = `home/.config/containers/certs.d/${strict.host}`;
    await workplace.write(`${folder}/ca.crt`, authority.ca);
    await workplace.write(`${folder}/client.cert`, authority.client.cert);
    await workplace.write(`${folder}/client.key`, authority.client.key, 0o600);
    const ended = await workplace.slipway(["copy", `${source.host}/team/app:v1`, `${strict.host}/team/certs`]);
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(behind.tags("team/certs").v1, image.root.digest);
  });

  test("without it the run ends with 1, the error names TLS's reason and the hint says what to configure", async () => {
    behind.requests.clear();
    const ended = await copyTo(front.host);
    assert.equal(ended.code, 1, ended.stderr);
    const reason = /cannot be trusted: .*(certificate|self.signed|unable to verify|issuer)/i;
    assert.match(ended.stderr, new RegExp(`error: destination: ${front.host} ${reason.source}`, "i"));
    assert.match(ended.stderr, /\n {2}under `hosts:` give the registry's own authority with ca/);
    assert.equal(behind.requests.length, 0);
  });

  test("a client's certificate that is missing is a failure of this host, with a hint", async () => {
    behind.requests.clear();
    const ended = await copyTo(strict.host, { ca: "ca.pem" });
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, new RegExp(`error: destination: ${strict.host} .*\\n {2}\\S`));
    assert.equal(behind.requests.length, 0);
  });
});

describe("a proxy", () => {
  test("tinyproxy: `proxy` under `hosts:`, with user and password, which nothing tells", async () => {
    await using behind = await startRegistry();
    await using front = await startTlsFront({ upstream: behind.host, authority });
    const credentials = { user: "proxy-user", password: "canary" };
    await using proxy = await startTinyproxy({ credentials });
    const url = proxy.origin.replace("//", "//proxy-user:canary@");
    const ended = await copyTo(front.host, { ca: "ca.pem", proxy: url });
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(behind.tags("team/app").v1, image.root.digest);
    const refused = await copyTo(front.host, { ca: "ca.pem", proxy: url.replace("canary", "canary-wrong") });
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(
      refused.stderr,
      new RegExp(`error: destination: the proxy before ${front.host} refuses: .*\\n {2}check the user`),
    );
    assert.doesNotMatch(ended.stderr + refused.stderr, /canary/);
  });

  test("HTTPS_PROXY leads to a name that only the proxy knows, and NO_PROXY past it", async () => {
    await using behind = await startRegistry();
    await using front = await startTlsFront({ upstream: behind.host, authority });
    await using proxy = await startRecordingProxy({ hosts: { [NAME]: front.host } });
    const through = await copyTo(NAME, { ca: "ca.pem" }, { HTTPS_PROXY: proxy.origin });
    assert.equal(through.code, 0, through.stderr);
    assert.equal(behind.tags("team/app").v1, image.root.digest);
    assert.ok(proxy.requests.length > 0);
    // The source is on this machine: no proxy of the environment is asked for it.
    for (const request of proxy.requests)
      assert.deepEqual(request, { method: "CONNECT", authority: `${NAME}:443`, authorized: true });

    const asked = proxy.requests.length;
    const past = await copyTo(NAME, { ca: "ca.pem" }, { HTTPS_PROXY: proxy.origin, NO_PROXY: ".example.test" });
    assert.equal(past.code, 1, past.stderr);
    assert.match(past.stderr, new RegExp(`${NAME} is not a name that this machine can resolve`));
    assert.equal(proxy.requests.length, asked);
  });
});

describe("a host that is not there", () => {
  test("an unknown name is named, with a hint", async () => {
    const ended = await copyTo("nowhere.invalid");
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(
      ended.stderr,
      /error: destination: nowhere\.invalid is not a name that this machine can resolve .*\n {2}check the spelling/,
    );
  });

  test("a refused connection names host and port, with a hint", async () => {
    const gone = await startRegistry();
    await gone.close();
    const ended = await copyTo(gone.host);
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(
      ended.stderr,
      new RegExp(`error: destination: ${gone.host} cannot be reached: .*refused.*\\n {2}check that the registry runs`),
    );
  });

  test("a server that is no registry is called so", async () => {
    await using proxy = await startRecordingProxy();
    const ended = await copyTo(proxy.origin.replace("http://", ""));
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, new RegExp(`error: destination: ${proxy.origin.replace("http://", "")} .*\\n {2}\\S`));
  });
});
