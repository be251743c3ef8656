import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { dockerConfig } from "./docker-config.ts";
import { dockerConfigPaths } from "./docker-config-paths.ts";
import { CredentialHelpers } from "./helper.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

let folder = "";
let file = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-docker-config-"));
  file = join(folder, "config.json");
  for (const [name, script] of [
    ["known", `cat >/dev/null; printf '{"ServerURL":"","Username":"helped","Secret":"s"}'`],
    ["unknown", "cat >/dev/null; echo credentials not found in native keychain; exit 1"],
  ]) {
    await writeFile(join(folder, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
});
after(() => rm(folder, { recursive: true }));

const store = (path = file) =>
  dockerConfig(path, new CredentialHelpers({ env: { PATH: `${folder}:/usr/bin:/bin` }, timeout: 5_000 }));

async function ask(config: unknown, host = "ghcr.io", repository = "acme/app") {
  await writeFile(file, typeof config === "string" ? config : JSON.stringify(config));
  return await store().credential(host, repository);
}

test("every form of entry", async () => {
  const origin = `${file} (auths)`;
  const basic = { kind: "basic", username: "me", password: "a:b", origin };
  const table: readonly (readonly [entry: object, expected: object])[] = [
    [{ auth: base64("me:a:b") }, basic],
    [{ auth: base64("me:a:b\0\0") }, basic],
    [{ username: "me", password: "a:b" }, basic],
    [
      { auth: base64("me:"), identitytoken: "refresh" },
      { kind: "refresh", token: "refresh", origin },
    ],
    [
      { auth: base64("me:x"), registrytoken: "ready" },
      { kind: "bearer", token: "ready", origin },
    ],
    [{}, { kind: "anonymous", origin: file }],
    [{ auth: "" }, { kind: "anonymous", origin: file }],
  ];
  for (const [entry, expected] of table) assert.deepEqual(await ask({ auths: { "ghcr.io": entry } }), expected);
});

test("keys with scheme and path, Docker Hub's key, namespaces", async () => {
  const auths = {
    "https://index.docker.io/v1/": { auth: base64("hub:x") },
    "https://ghcr.io/v2/": { auth: base64("host:x") },
    "ghcr.io/acme": { auth: base64("team:x") },
  };
  const userOf = async (host: string, repository: string) => {
    const found = await ask({ auths }, host, repository);
    return found.kind === "basic" ? found.username : found.kind;
  };
  assert.equal(await userOf("docker.io", "library/busybox"), "hub");
  assert.equal(await userOf("ghcr.io", "acme/app"), "team");
  assert.equal(await userOf("ghcr.io", "acmes/app"), "host");
  assert.equal(await userOf("ghcr.io.evil.com", "acme/app"), "anonymous");
});

test("an empty entry of a namespace does not hide the host's", async () => {
  const found = await ask({ auths: { "ghcr.io/acme": {}, "ghcr.io": { auth: base64("host:x") } } });
  assert.equal(found.kind, "basic");
});

test("the host's helper comes before the common one, and both before auths", async () => {
  const auths = { "ghcr.io": { auth: base64("file:x") } };
  const table: readonly (readonly [config: object, origin: string])[] = [
    [{ auths, credsStore: "known" }, "docker-credential-known (credsStore)"],
    [{ auths, credsStore: "absent", credHelpers: { "ghcr.io": "known" } }, "docker-credential-known (credHelpers)"],
    [{ auths, credsStore: "absent", credHelpers: { "ghcr.io": "" } }, `${file} (auths)`],
    [{ auths, credsStore: "unknown" }, `${file} (auths)`],
    [{ credsStore: "unknown" }, file],
    [{ auths, credHelpers: { "ghcr.io:8443": "absent" } }, `${file} (auths)`],
  ];
  for (const [config, origin] of table) assert.equal((await ask(config)).origin, origin);
});

test("S21: no other credential takes the place of a missing helper", async () => {
  const auths = { "ghcr.io": { auth: base64("file:x") } };
  await assert.rejects(ask({ auths, credsStore: "absent" }), { code: "CREDENTIAL_HELPER_FAILED" });
});

test("the file is read again when it changes, and may be absent", async () => {
  const path = join(folder, "later.json");
  const later = store(path);
  const kind = async () => (await later.credential("ghcr.io", "a/b")).kind;
  assert.equal(await kind(), "anonymous");
  await writeFile(path, JSON.stringify({ auths: { "ghcr.io": { auth: base64("a:b") } } }));
  assert.equal(await kind(), "basic");
  await writeFile(path, JSON.stringify({ auths: { "ghcr.io": { registrytoken: "t" } } }));
  assert.equal(await kind(), "bearer");
  await rm(path);
  assert.equal(await kind(), "anonymous");
});

test("a bad file is named with the place, never with what is written there", async () => {
  const table: readonly (readonly [content: unknown, reason: RegExp])[] = [
    ['{"auths": canary', /^it is not JSON$/],
    ["[]", /^the file: /],
    [{ auths: [] }, /^auths: /],
    [{ auths: { "ghcr.io": { auth: 7 } } }, /^auths\.ghcr\.io\.auth: /],
    [{ auths: { "ghcr.io": "canary" } }, /^auths\.ghcr\.io: /],
    [{ auths: { "ghcr.io": { auth: "canary" } } }, /^auths\.ghcr\.io\.auth: not the base64 of user:password$/],
    [{ auths: { "ghcr.io": { password: "canary" } } }, /^auths\.ghcr\.io: neither auth nor username and password$/],
    [{ credsStore: ["canary"] }, /^credsStore: /],
  ];
  for (const [content, reason] of table) {
    await assert.rejects(ask(content), (error) => {
      assert.ok(error instanceof SlipwayError);
      assert.equal(error.code, "CREDENTIAL_FILE_INVALID");
      assert.equal(error.facts.file, file);
      assert.match(String(error.facts.reason), reason);
      assert.doesNotMatch(error.message + String(error.cause), /canary/);
      return true;
    });
  }
  const notAFile = join(folder, "folder.json");
  await mkdir(notAFile);
  await assert.rejects(store(notAFile).credential("ghcr.io", "a/b"), { code: "CREDENTIAL_FILE_INVALID" });
});

test("where the files are", () => {
  const runtime = `/run/containers/${process.getuid?.() ?? 0}/auth.json`;
  assert.deepEqual(dockerConfigPaths({ HOME: "/home/me" }), [
    "/home/me/.docker/config.json",
    runtime,
    "/home/me/.config/containers/auth.json",
  ]);
  assert.deepEqual(
    dockerConfigPaths({
      HOME: "/home/me",
      DOCKER_CONFIG: "/docker",
      REGISTRY_AUTH_FILE: "/named.json",
      XDG_RUNTIME_DIR: "/run/user/1",
      XDG_CONFIG_HOME: "/config",
    }),
    ["/named.json", "/docker/config.json", "/run/user/1/containers/auth.json", "/config/containers/auth.json"],
  );
});
