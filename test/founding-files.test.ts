import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parse } from "yaml";
import {
  type DockerRegistry,
  randomImage,
  randomIndex,
  startDockerRegistry,
  startRegistry,
  type TestImage,
  type TestRegistry,
} from "../src/testing/index.ts";
import { type CountingFront, startCountingFront } from "./support/counting-front.ts";
import { assertHolds, PLATFORMS } from "./support/images.ts";
import { type Ended, Workplace } from "./support/workplace.ts";

/** The two files that Slipway was founded on, as they are written there. */
const AUTH = `hagicode.azurecr.io:
  username: "\${{ secrets.AZURE_ACR_USERNAME }}"
  password: "\${{ secrets.AZURE_ACR_PASSWORD }}"
registry.cn-hangzhou.aliyuncs.com:
  username: "\${{ secrets.ALIYUN_ACR_USERNAME }}"
  password: "\${{ secrets.ALIYUN_ACR_PASSWORD }}"
`;
const IMAGES = `docker.io/newbe36524/hagicode: hagicode.azurecr.io/hagicode
docker.io/newbe36524/hagicode: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode
`;
const FLAGS = ["--auth=./auth.yaml", "--images=./images.yaml", "--proc=10", "--retries=3"];

const SOURCE = "newbe36524/hagicode";
const AZURE = "hagicode";
const ALIYUN = "hagicode/hagicode";
const ACCOUNTS = { azure: ["azure-user", "azure-canary"], aliyun: ["aliyun-user", "aliyun-canary"] } as const;

let hub: TestRegistry;
let azure: DockerRegistry;
let aliyun: DockerRegistry;
let azureFront: CountingFront;
let aliyunFront: CountingFront;
let images: Readonly<Record<string, TestImage>>;

before(async () => {
  hub = await startRegistry();
  azure = await startDockerRegistry({ auth: { kind: "basic", users: Object.fromEntries([ACCOUNTS.azure]) } });
  aliyun = await startDockerRegistry({ auth: { kind: "basic", users: Object.fromEntries([ACCOUNTS.aliyun]) } });
  azureFront = await startCountingFront(azure.host);
  aliyunFront = await startCountingFront(aliyun.host);
  images = {
    "1.0.0": await randomIndex({ seed: "hagicode 1.0.0", platforms: PLATFORMS }),
    "1.1.0-rc.1": await randomIndex({ seed: "hagicode rc", platforms: PLATFORMS, format: "docker" }),
    "1.1.0": await randomIndex({ seed: "hagicode 1.1.0", platforms: PLATFORMS }),
    latest: await randomIndex({ seed: "hagicode 1.1.0", platforms: PLATFORMS }),
    single: await randomImage({ seed: "hagicode single", format: "docker" }),
  };
  for (const [tag, image] of Object.entries(images)) await hub.put(SOURCE, image, tag);
});

after(async () => {
  for (const server of [hub, azureFront, aliyunFront, azure, aliyun]) await server[Symbol.asyncDispose]();
});

/** The files with the secrets that GitHub puts in, and the hosts that stand in for the real ones. */
function here(text: string, aliyunHost = aliyunFront.host): string {
  return text
    .replace("${{ secrets.AZURE_ACR_USERNAME }}", ACCOUNTS.azure[0])
    .replace("${{ secrets.AZURE_ACR_PASSWORD }}", ACCOUNTS.azure[1])
    .replace("${{ secrets.ALIYUN_ACR_USERNAME }}", ACCOUNTS.aliyun[0])
    .replace("${{ secrets.ALIYUN_ACR_PASSWORD }}", ACCOUNTS.aliyun[1])
    .replaceAll("docker.io", hub.host)
    .replaceAll("hagicode.azurecr.io", azureFront.host)
    .replaceAll("registry.cn-hangzhou.aliyuncs.com", aliyunHost);
}

function atAzure(repository = AZURE) {
  return { host: azure.host, repository, credentials: ACCOUNTS.azure.join(":") };
}

function atAliyun(repository = ALIYUN) {
  return { host: aliyun.host, repository, credentials: ACCOUNTS.aliyun.join(":") };
}

function assertSilent({ stdout, stderr }: Ended): void {
  assert.doesNotMatch(stdout + stderr, /canary/);
}

test("both lines of the one key are served, and a second run writes nothing", async () => {
  await using workplace = await Workplace.with({ "auth.yaml": here(AUTH), "images.yaml": here(IMAGES) });
  const first = await workplace.slipway(["sync", ...FLAGS]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, /images\.yaml:2:1: .* was written before, at line 1; the destinations of both lines/);
  assertSilent(first);
  await assertHolds(atAzure(), images);
  await assertHolds(atAliyun(), images);

  azureFront.clear();
  aliyunFront.clear();
  const second = await workplace.slipway(["sync", ...FLAGS]);
  assert.equal(second.code, 0, second.stderr);
  assert.deepEqual([azureFront.writes, aliyunFront.writes], [0, 0]);
  assert.ok(azureFront.requests > 0 && aliyunFront.requests > 0);
  assert.match(second.stderr, /10 unchanged/);
});

test("a registry that is down costs 255, and the other gets all", async () => {
  const gone = await startRegistry();
  await gone.close();
  const retargeted = here(IMAGES, gone.host).replace(`${azureFront.host}/hagicode`, `${azureFront.host}/again`);
  await using workplace = await Workplace.with({ "auth.yaml": here(AUTH, gone.host), "images.yaml": retargeted });
  const ended = await workplace.slipway([
    "sync",
    ...FLAGS,
    "--output-success-images",
    "success.json",
    "--output-images-format",
    "json",
  ]);
  assert.equal(ended.code, 255, ended.stderr);
  assert.match(ended.stderr, new RegExp(`${gone.host} cannot be reached`));
  assertSilent(ended);
  await assertHolds(atAzure("again"), images);
  const arrived = Object.keys(images).map((tag) => [
    `${hub.host}/${SOURCE}:${tag}`,
    [`${azureFront.host}/again:${tag}`],
  ]);
  assert.deepEqual(JSON.parse(await workplace.read("success.json")), Object.fromEntries(arrived));
});

for (const format of ["yaml", "json"] as const) {
  test(`--output-success-images writes every source with its destinations as ${format}`, async () => {
    await using workplace = await Workplace.with({ "auth.yaml": here(AUTH), "images.yaml": here(IMAGES) });
    const output = ["--output-success-images", "success.out", "--output-images-format", format];
    const ended = await workplace.slipway(["sync", ...FLAGS, ...output]);
    assert.equal(ended.code, 0, ended.stderr);
    const text = await workplace.read("success.out");
    const expected = Object.keys(images).map((tag) => [
      `${hub.host}/${SOURCE}:${tag}`,
      [`${azureFront.host}/${AZURE}:${tag}`, `${aliyunFront.host}/${ALIYUN}:${tag}`],
    ]);
    assert.deepEqual(format === "json" ? JSON.parse(text) : parse(text), Object.fromEntries(expected));
  });
}

test("--config takes both parts in one JSON file, and ignores the other two flags", async () => {
  const config = {
    auth: parse(here(AUTH)),
    images: { [`${hub.host}/${SOURCE}`]: [`${azureFront.host}/combined`, `${aliyunFront.host}/combined/app`] },
  };
  await using workplace = await Workplace.with({ "config.json": JSON.stringify(config) });
  const ended = await workplace.slipway(["sync", "--config=./config.json", "--images=./absent.yaml", "--proc=10"]);
  assert.equal(ended.code, 0, ended.stderr);
  assertSilent(ended);
  await assertHolds(atAzure("combined"), images);
  await assertHolds(atAliyun("combined/app"), images);
});
