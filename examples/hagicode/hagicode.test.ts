import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { zipSync } from "fflate";
import {
  type Azurite,
  type DockerRegistry,
  randomIndex,
  skopeoDigest,
  startAzurite,
  startDockerRegistry,
  startGitHub,
  startRegistry,
  type TestGitHub,
  type TestRegistry,
} from "../../src/testing/index.ts";
import { runWorkflow } from "../../test/support/actions.ts";
import { buildahHome } from "../../test/support/buildah-home.ts";
import type { Checkout } from "../../test/support/checkout.ts";
import { type CountingFront, startCountingFront } from "../../test/support/counting-front.ts";
import { tagPush } from "../../test/support/events.ts";
import { assertExplained, checkoutOf } from "../../test/support/example.ts";
import { labelsAt, PLATFORMS, type Place, skopeoEnd } from "../../test/support/images.ts";

const REPOSITORIES = {
  "docker-hub": "newbe36524/hagicode",
  aliyun: "hagicode/hagicode",
  azure: "hagicode",
} as const;
type Name = keyof typeof REPOSITORIES;
const NAMES = ["docker-hub", "aliyun", "azure"] as const satisfies readonly Name[];

interface Shop {
  readonly user: string;
  readonly password: string;
  readonly server: DockerRegistry;
  readonly front: CountingFront;
}

const closing = new AsyncDisposableStack();
let shops: Readonly<Record<Name, Shop>>;
let azurite: Azurite;
let github: TestGitHub;
let bases: TestRegistry;

before(async () => {
  const [hub, aliyun, azure] = await Promise.all(NAMES.map(openShop));
  assert.ok(hub !== undefined && aliyun !== undefined && azure !== undefined);
  shops = { "docker-hub": hub, aliyun, azure };
  azurite = closing.use(await startAzurite());
  github = closing.use(await startGitHub({ repository: "HagiCode-org/releases" }));
  bases = closing.use(await startRegistry());
  await bases.put("dotnet/aspnet", await randomIndex({ seed: "aspnet", platforms: PLATFORMS }), "10.0");
  for (const version of ["1.2.3", "1.2.4"]) {
    await azurite.put("packages", `hagicode-${version}-linux-x64.zip`, packageOf(version));
  }
});
after(() => closing.disposeAsync());

async function openShop(name: Name): Promise<Shop> {
  const [user, password] = [`${name}-user`, `${name}-canary`];
  const server = closing.use(await startDockerRegistry({ auth: { kind: "basic", users: { [user]: password } } }));
  return { user, password, server, front: closing.use(await startCountingFront(server.host)) };
}

function packageOf(version: string): Uint8Array {
  const files = { "PCode.Web.dll": Buffer.from(`HagiCode ${version}`), "wwwroot/index.html": Buffer.from("<p>") };
  return zipSync(files, { mtime: "2026-01-15T12:00:00" });
}

function place(name: Name): Place {
  const { server, user, password } = shops[name];
  return { host: server.host, repository: REPOSITORIES[name], credentials: `${user}:${password}` };
}

/** What `.env` would say on a maintainer's machine, and what secrets and variables there are at GitHub. */
async function variables(): Promise<Readonly<Record<string, string>>> {
  return {
    AZURE_BLOB_SAS_URL: await azurite.sasUrl("packages"),
    DOCKER_HUB_REGISTRY: shops["docker-hub"].front.host,
    DOCKER_USERNAME: shops["docker-hub"].user,
    DOCKER_PASSWORD: shops["docker-hub"].password,
    GITHUB_TOKEN: github.token,
    ALIYUN_ACR_REGISTRY: shops.aliyun.front.host,
    ALIYUN_ACR_USERNAME: shops.aliyun.user,
    ALIYUN_ACR_PASSWORD: shops.aliyun.password,
    AZURE_ACR_REGISTRY: shops.azure.front.host,
    AZURE_ACR_USERNAME: shops.azure.user,
    AZURE_ACR_PASSWORD: shops.azure.password,
  };
}

/** A maintainer's machine: the example, `.env` filled in, buildah. */
async function machine(): Promise<{ checkout: Checkout; env: Readonly<Record<string, string>> }> {
  const checkout = await checkoutOf("hagicode");
  const lines = Object.entries(await variables()).map(([name, value]) => `${name}=${value}\n`);
  await checkout.write(".env", lines.join(""));
  const env = { GITHUB_API_URL: github.apiUrl, ...(await buildahHome(checkout.path("home/buildah"), bases.host)) };
  return { checkout, env };
}

function forget(): void {
  for (const { front } of Object.values(shops)) front.clear();
  github.requests.clear();
}

/** How often registries and GitHub were told to change something. */
function writes(): number {
  const atRegistries = Object.values(shops).reduce((sum, { front }) => sum + front.writes, 0);
  return atRegistries + github.requests.writes().length;
}

async function digests(tag: string): Promise<readonly string[]> {
  return Promise.all(NAMES.map((name) => skopeoDigest(skopeoEnd(place(name), tag))));
}

test("every variable is explained, and no other", () => assertExplained("hagicode"));

test("1.2.3: package, image, three registries, release; once more: nothing is written", async () => {
  const { checkout, env } = await machine();
  await using _ = checkout;
  const revision = await checkout.git("rev-parse", "HEAD");
  const first = await checkout.slipway(["release", "1.2.3"], { env });
  assert.equal(first.code, 0, first.stderr);

  const [digest, ...others] = await digests("1.2.3");
  assert.deepEqual(others, [digest, digest]);
  for (const tag of ["1.2", "latest"]) assert.deepEqual(await digests(tag), [digest, digest, digest]);
  for (const architecture of ["amd64", "arm64"]) {
    const labels = await labelsAt(place("azure"), "1.2.3", architecture);
    assert.equal(labels["org.opencontainers.image.version"], "1.2.3");
    assert.equal(labels["org.opencontainers.image.revision"], revision);
  }
  const [release, ...more] = github.releases;
  assert.deepEqual(
    [release?.tag_name, release?.draft, release?.assets.map(({ name }) => name), more.length],
    ["v1.2.3", false, ["hagicode-1.2.3-linux-x64.zip"], 0],
  );
  assert.deepEqual(github.bytesOf(release?.assets[0]?.id ?? 0), Buffer.from(packageOf("1.2.3")));

  forget();
  const second = await checkout.slipway(["release", "1.2.3"], { env });
  assert.equal(second.code, 0, second.stderr);
  assert.equal(writes(), 0);
  assert.deepEqual(github.violations, []);
  const secrets = [...Object.values(shops).map(({ password }) => password), "sig="];
  for (const { stdout, stderr } of [first, second]) {
    for (const secret of secrets) assert.ok(!`${stdout}${stderr}`.includes(secret), secret);
  }
});

test("1.2.4 by the old targets' names, each step alone; a git tag's workflow then finds all of it there", async () => {
  const { checkout, env } = await machine();
  await using _ = checkout;
  await checkout.git("tag", "v1.2.4");
  const targets = ["Download", "Extract", "DockerBuild", "DockerPush", "DockerPushAliyun", "DockerPushAzure"];
  for (const target of [...targets, "DockerPushDockerHub", "DockerPushAll"]) {
    const ended = await checkout.slipway([target], { env });
    assert.equal(ended.code, 0, `${target}\n${ended.stderr}`);
  }
  assert.deepEqual(
    github.releases.map(({ tag_name }) => tag_name),
    ["v1.2.3"],
  );
  for (const target of ["GitHubRelease", "Release"]) {
    const ended = await checkout.slipway([target, "1.2.4"], { env });
    assert.equal(ended.code, 0, `${target}\n${ended.stderr}`);
  }
  const [digest, ...others] = await digests("1.2.4");
  assert.deepEqual([...others, ...(await digests("latest"))], [digest, digest, digest, digest, digest]);
  assert.deepEqual(
    github.releases.map(({ tag_name }) => tag_name),
    ["v1.2.3", "v1.2.4"],
  );

  forget();
  await checkout.remove(".env");
  await checkout.remove("build");
  await checkout.remove(".slipway");
  const sha = await checkout.git("rev-parse", "HEAD");
  const known = await variables();
  const ran = await runWorkflow(checkout, ".github/workflows/release.yml", tagPush("v1.2.4", sha), {
    name: "HagiCode-org/hagicode-release",
    secrets: { ...known, RELEASES_TOKEN: github.token },
    vars: known,
    env: { ...env, DOCKER_HUB_REGISTRY: shops["docker-hub"].front.host },
  });
  assert.equal(ran.state === "ran" ? ran.code : ran.state, 0, ran.state === "ran" ? ran.output : "");
  assert.equal(writes(), 0);
});

test("aliyun refuses: the others are served, nothing is released, and the same command goes on", async () => {
  const { checkout, env } = await machine();
  await using _ = checkout;
  await azurite.put("packages", "hagicode-2.0.0-linux-x64.zip", packageOf("2.0.0"));
  forget();
  const wrong = { ...env, ALIYUN_ACR_PASSWORD: "wrong" };
  const stopped = await checkout.slipway(["release", "2.0.0"], { env: wrong });
  assert.equal(stopped.code, 4, stopped.stderr);
  assert.equal(github.requests.writes().length, 0);
  const healed = await checkout.slipway(["release", "2.0.0"], { env });
  assert.equal(healed.code, 0, healed.stderr);
  const [digest, ...others] = await digests("2.0.0");
  assert.deepEqual(others, [digest, digest]);
  assert.equal(github.latest, "v2.0.0");
  const verified = await checkout.slipway(["verify", "2.0.0"], { env });
  assert.equal(verified.code, 0, verified.stdout);
});
