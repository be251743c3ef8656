import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import {
  blobBytes,
  type DockerRegistry,
  randomImage,
  startDockerRegistry,
  startLink,
  startRegistry,
  type TestRegistry,
} from "../src/testing/index.ts";
import { assertHolds } from "./support/images.ts";
import { type Ended, Workplace } from "./support/workplace.ts";

const USER = "alice";
const PASSWORD = "canary-password";
const USERS = { [USER]: PASSWORD };
const WRONG = "canary-wrong";
const TELL_ALL = ["--log-level", "debug", "--log", "run.log", "--report", "report.json"];

const image = await randomImage({ seed: "credentials" });
const registries = new Map<string, DockerRegistry>();
let source: TestRegistry;

before(async () => {
  source = await startRegistry();
  await source.put("team/app", image, "v1");
  registries.set("htpasswd", await startDockerRegistry({ auth: { kind: "basic", users: USERS } }));
  registries.set("token", await startDockerRegistry({ auth: { kind: "token", users: USERS, expiresInSeconds: 60 } }));
});

after(async () => {
  for (const registry of [source, ...registries.values()]) await registry[Symbol.asyncDispose]();
});

/** Where a person may keep a password, and how Slipway names that place. */
interface Origin {
  readonly name: string;
  readonly named: RegExp;
  /** Files by path; one below `bin/` can be run. */
  files(host: string, password: string): Readonly<Record<string, string>>;
  readonly env?: (workplace: Workplace, password: string) => Readonly<Record<string, string>>;
  /** Read by `sync` from image-syncer's files, which has an exit code of its own. */
  readonly imageSyncer?: true;
}

const DOCKER_CONFIG = (workplace: Workplace) => ({ DOCKER_CONFIG: workplace.path("docker") });
const HELPER = (workplace: Workplace) => ({
  ...DOCKER_CONFIG(workplace),
  PATH: `${workplace.path("bin")}:/usr/bin:/bin`,
});

/** A credential helper. https://github.com/docker/docker-credential-helpers#development */
function helper(host: string, password: string): string {
  return `#!/bin/sh
read -r server
[ "$1 $server" = "get ${host}" ] || { echo "credentials not found in native keychain"; exit 1; }
printf '{ "ServerURL": "%s", "Username": "${USER}", "Secret": "${password}" }' "$server"
`;
}

const ORIGINS: readonly Origin[] = [
  {
    name: "slipway.yaml",
    named: /slipway\.yaml:3 \(registries\.there\)/,
    files: (host) => ({
      "slipway.yaml": `version: 1\nregistries:\n  there: { image: ${host}, username: ${USER}, password: "\${SECRET}" }\n`,
    }),
    env: (_, password) => ({ SECRET: password }),
  },
  {
    name: "auth.yaml",
    named: /auth\.yaml:1/,
    files: (host, password) => ({
      "auth.yaml": `${host}: { username: ${USER}, password: ${password} }\n`,
      "images.yaml": `${source.host}/team/app:v1: ${host}/team/app\n`,
    }),
    imageSyncer: true,
  },
  {
    name: "auths of $DOCKER_CONFIG/config.json",
    named: /docker\/config\.json/,
    files: (host, password) => {
      const auth = Buffer.from(`${USER}:${password}`).toString("base64");
      return { "docker/config.json": JSON.stringify({ auths: { [host]: { auth } } }) };
    },
    env: DOCKER_CONFIG,
  },
  {
    name: "credHelpers",
    named: /docker-credential-fake/,
    files: (host, password) => ({
      "docker/config.json": JSON.stringify({ credHelpers: { [host]: "fake" } }),
      "bin/docker-credential-fake": helper(host, password),
    }),
    env: HELPER,
  },
  {
    name: "credsStore",
    named: /docker-credential-fake/,
    files: (host, password) => ({
      "docker/config.json": JSON.stringify({ credsStore: "fake" }),
      "bin/docker-credential-fake": helper(host, password),
    }),
    env: HELPER,
  },
];

async function machine(files: Readonly<Record<string, string>>): Promise<Workplace> {
  const workplace = await Workplace.with();
  for (const [file, text] of Object.entries(files)) {
    await workplace.write(file, text, file.startsWith("bin/") ? 0o755 : 0o600);
  }
  return workplace;
}

function run(workplace: Workplace, host: string, origin: Origin, password: string): Promise<Ended> {
  const copy = ["copy", `${source.host}/team/app:v1`, `${host}/team/app`];
  const sync = ["sync", "--auth", "auth.yaml", "--images", "images.yaml"];
  const args = [...(origin.imageSyncer === true ? sync : copy), ...TELL_ALL];
  return workplace.slipway(args, { env: origin.env?.(workplace, password) ?? {} });
}

/** Neither as it is, nor as HTTP has it. */
async function assertNoSecret(workplace: Workplace, { stdout, stderr }: Ended): Promise<void> {
  const kept = await Promise.all(["run.log", "report.json"].map((file) => workplace.read(file)));
  const cached = await Promise.all((await workplace.filesBelow("cache")).map((file) => readFile(file, "latin1")));
  const basic = [PASSWORD, WRONG].map((password) => Buffer.from(`${USER}:${password}`).toString("base64"));
  for (const secret of ["canary", ...basic]) {
    const holders = [stdout, stderr, ...kept, ...cached].filter((text) => text.includes(secret));
    assert.equal(holders.length, 0, `${secret} is told in: ${holders[0]?.slice(0, 500)}`);
  }
}

for (const auth of ["htpasswd", "token"]) {
  describe(`a registry with ${auth} authentication`, () => {
    for (const origin of ORIGINS) {
      test(`takes the password from ${origin.name}, and nothing tells it`, async () => {
        const host = registries.get(auth)?.host ?? "";
        await using workplace = await machine(origin.files(host, PASSWORD));
        const ended = await run(workplace, host, origin, PASSWORD);
        assert.equal(ended.code, 0, ended.stderr);
        await assertHolds({ host, repository: "team/app", credentials: `${USER}:${PASSWORD}` }, { v1: image });
        await assertNoSecret(workplace, ended);
      });

      test(`refuses a wrong one from ${origin.name}; the error names the registry and that place`, async () => {
        const host = registries.get(auth)?.host ?? "";
        await using workplace = await machine(origin.files(host, WRONG));
        const ended = await run(workplace, host, origin, WRONG);
        assert.equal(ended.code, origin.imageSyncer === true ? 255 : 4, ended.stderr);
        const error = ended.stderr.split("\n").find((line) => line.startsWith("error: ")) ?? "";
        assert.ok(error.includes(host), error);
        assert.match(error, origin.named);
        await assertNoSecret(workplace, ended);
      });
    }
  });
}

for (const [what, files, reason] of [
  ["is missing", {}, /docker-credential-fake/],
  [
    "fails",
    { "bin/docker-credential-fake": "#!/bin/sh\necho 'the vault is locked' >&2\nexit 1\n" },
    /the vault is locked/,
  ],
] as const) {
  test(`S21: a credential helper that ${what} ends the search with exit 4 and is named`, async () => {
    const host = registries.get("htpasswd")?.host ?? "";
    const auth = Buffer.from(`${USER}:${PASSWORD}`).toString("base64");
    const config = { credHelpers: { [host]: "fake" }, auths: { [host]: { auth } } };
    await using workplace = await machine({ "docker/config.json": JSON.stringify(config), ...files });
    const args = ["copy", `${source.host}/team/app:v1`, `${host}/team/none`, ...TELL_ALL];
    const ended = await workplace.slipway(args, { env: HELPER(workplace) });
    assert.equal(ended.code, 4, ended.stderr);
    assert.match(ended.stderr, new RegExp(`error: .*docker-credential-fake.*${host}`));
    assert.match(ended.stderr, reason);
    await assertNoSecret(workplace, ended);
  });
}

test("asks for nothing as somebody where nobody is known, and says every place that was asked", async () => {
  const host = registries.get("htpasswd")?.host ?? "";
  await using workplace = await Workplace.with();
  const ended = await workplace.slipway(["copy", `${source.host}/team/app:v1`, `${host}/team/none`]);
  assert.equal(ended.code, 4, ended.stderr);
  assert.match(ended.stderr, /they came from nothing: .*the configuration.*config\.json/);
});

function accessTo(host: string, chunkSize = ""): string {
  const access = `version: 1\nregistries:\n  there: { image: "${host}", username: ${USER}, password: ${PASSWORD} }\n`;
  return chunkSize === "" ? access : `${access}hosts: { "${host}": { chunkSize: ${chunkSize} } }\n`;
}

/** 15 MB, which take 6 s on the link below: longer than the tokens work. */
const LAYERS = Array.from({ length: 3 }, (_, at) => ({ seed: `slow ${at}`, bytes: 5_000_000 }));

for (const [form, chunkSize, expiresInSeconds] of [
  ["each layer in one request", "", 5],
  ["layers in chunks", "256KiB", 5],
] as const) {
  test(`F23: tokens that expire in the middle of an upload are renewed and nothing is sent twice (${form})`, async () => {
    await using registry = await startDockerRegistry({ auth: { kind: "token", users: USERS, expiresInSeconds } });
    await using link = await startLink({ port: Number(registry.host.split(":")[1]), bandwidth: 2.5e6 });
    const slow = await randomImage({ seed: "slow", layers: LAYERS });
    await source.put("team/slow", slow, "v1");
    await using workplace = await Workplace.with({ "slipway.yaml": accessTo(link.host, chunkSize) });
    const args = ["copy", `${source.host}/team/slow:v1`, `${link.host}/team/slow`, "--retries", "0", ...TELL_ALL];
    const ended = await workplace.slipway(args);
    assert.equal(ended.code, 0, ended.stderr);
    const place = { host: registry.host, repository: "team/slow", credentials: `${USER}:${PASSWORD}` };
    await assertHolds(place, { v1: slow });
    const pushTokens = [...(registry.tokens?.requests ?? [])].filter(({ path }) => path.includes("push"));
    assert.ok(pushTokens.length >= 2, "no token was renewed");
    assert.ok(link.bytesUp < 1.02 * blobBytes(slow), `${link.bytesUp} of ${blobBytes(slow)} bytes went up`);
    await assertNoSecret(workplace, ended);
  });
}

test("a token that is refused in the middle of a chunked upload costs that layer a second try, and no more", async () => {
  await using registry = await startRegistry({ auth: { kind: "token", users: USERS, expiresInSeconds: 60 } });
  const challenge = `Bearer realm="${registry.origin}/token",service="slipway-test-registry"`;
  const refusal = { kind: "status", status: 401, headers: { "www-authenticate": challenge } } as const;
  const fault = registry.faults.add({ method: "PATCH", when: { nth: [4] }, effect: refusal });
  const layers = [{ seed: "refused", bytes: 4_000_000 }];
  const large = await randomImage({ seed: "refused", layers });
  await source.put("team/large", large, "v1");
  await using workplace = await Workplace.with({ "slipway.yaml": accessTo(registry.host, "512KiB") });
  const args = ["copy", `${source.host}/team/large:v1`, `${registry.host}/team/large`, "--retries", "0"];
  const ended = await workplace.slipway(args);
  assert.equal(ended.code, 0, ended.stderr);
  assert.equal(fault.hits, 1);
  assert.equal(registry.tags("team/large").v1, large.root.digest);
});
