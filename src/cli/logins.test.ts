import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  ALIYUN,
  AWS,
  AZURE,
  GOOGLE,
  randomImage,
  startClouds,
  startRegistry,
  type TestClouds,
  type TestRegistry,
} from "../testing/index.ts";
import { run } from "./run.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-logins-"));
});
after(() => rm(folder, { recursive: true }));

const ALIYUN_LOGIN = `with: aliyun-ram, role: "${ALIYUN.role}", provider: "${ALIYUN.provider}", region: cn-hangzhou`;
const LOGINS: readonly (readonly [name: string, login: string])[] = [
  ["github-token", "github-token"],
  ["azure-oidc", `{ with: azure-oidc, client: ${AZURE.client}, tenant: ${AZURE.tenant} }`],
  ["aliyun-ram", `{ ${ALIYUN_LOGIN}, instance: ${ALIYUN.instance} }`],
  ["aliyun-ram-personal", `{ ${ALIYUN_LOGIN} }`],
  ["aws-oidc", `{ with: aws-oidc, role: "${AWS.role}", region: ${AWS.region} }`],
  ["gcp-oidc", `{ with: gcp-oidc, provider: ${GOOGLE.provider}, serviceAccount: ${GOOGLE.serviceAccount} }`],
];
const GITHUB_TOKEN = "ghs_canary0123456789";

interface Stage extends AsyncDisposable {
  readonly clouds: TestClouds;
  readonly registry: TestRegistry;
  readonly source: TestRegistry;
  /** Runs a command; all that it wrote, to streams and files, is held to holding no secret. */
  slipway(
    argv: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ exit: number; said: string }>;
}

async function stage(login: string): Promise<Stage> {
  const closing = new AsyncDisposableStack();
  const clouds = closing.use(await startClouds());
  const { state } = clouds;
  state.users.octocat = GITHUB_TOKEN;
  state.issued.push(GITHUB_TOKEN);
  const registry = closing.use(
    await startRegistry({ auth: { kind: "token", users: state.users, expiresInSeconds: 300 } }),
  );
  const source = closing.use(await startRegistry());
  for (const tag of ["v1", "v2"]) await source.put("a/b", await randomImage({ seed: tag }), tag);
  const home = await mkdtemp(join(folder, "home-"));
  const config = join(home, "slipway.yaml");
  await writeFile(
    config,
    `version: 1
registries:
  app: { image: ${registry.host}/team/app, login: ${login} }
mirrors:
  - { from: "${source.host}/a/b", to: app }
`,
  );
  const here = { HOME: home, PATH: "", LANG: "C", SLIPWAY_CACHE_DIR: join(home, "cache") };
  return {
    clouds,
    registry,
    source,
    async slipway(argv, environment = { ...clouds.environment, GITHUB_TOKEN, GITHUB_ACTOR: "octocat" }) {
      const written: string[] = [];
      const stream = { write: (text: unknown) => written.push(String(text)) > 0 };
      const [report, log] = [join(home, "report.json"), join(home, "log.jsonl")];
      const files = argv.includes("doctor") || argv.includes("config") ? [] : ["--report", report, "--log", log];
      const exit = await run([...argv, "--config", config, ...files, "--log-level", "debug"], {
        environment: { ...here, ...environment },
        out: stream,
        err: stream,
        signal: new AbortController().signal,
        version: "1.2.3",
        endpoints: clouds.endpoints,
      });
      const entries = await readdir(home, { recursive: true, withFileTypes: true });
      const texts = entries
        .filter((one) => one.isFile())
        .map((one) => readFile(join(one.parentPath, one.name), "utf8"));
      const said = written.join("");
      const all = [said, ...(await Promise.all(texts))].join("\n");
      for (const secret of state.issued) assert.ok(!all.includes(secret), all);
      return { exit, said };
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

for (const [name, login] of LOGINS) {
  test(`${name}: copy and sync go into a registry that asks for tokens`, async () => {
    await using here = await stage(login);
    const { clouds, registry, source } = here;
    const copied = await here.slipway(["copy", `${source.host}/a/b:v1`, `${registry.host}/team/app:copied`]);
    assert.equal(copied.exit, 0, copied.said);
    const synced = await here.slipway(["sync"]);
    assert.equal(synced.exit, 0, synced.said);
    assert.deepEqual(Object.keys(registry.tags("team/app")).sort(), ["copied", "v1", "v2"]);
    assert.deepEqual(clouds.state.violations, []);
    // one login for each run
    assert.equal(clouds.count("github"), name === "github-token" ? 0 : 2);
  });

  test(`${name}: doctor really logs in, and says how long that holds`, async () => {
    await using here = await stage(login);
    const { exit, said } = await here.slipway(["doctor"]);
    assert.equal(exit, 0, said);
    const kind = name.replace("-personal", "");
    const until =
      name === "github-token" ? "$" : " until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC, and another before that$";
    assert.match(
      said,
      new RegExp(
        `^✓ Login +.*/team/app: .*slipway\\.yaml:3 \\(registries\\.app, ${kind}\\) gives a login${until}`,
        "m",
      ),
    );
    if (name !== "github-token") assert.doesNotMatch(said, /renew it before that/);
  });

  test(`${name}: outside Actions doctor says so, and what to use instead`, async () => {
    await using here = await stage(login);
    const { exit, said } = await here.slipway(["doctor"], {});
    assert.equal(exit, 4, said);
    const told =
      name === "github-token"
        ? /✗ Login +.*needs GITHUB_TOKEN/
        : /✗ Login +.* there in GitHub Actions only\n.*in place of `login`, such as \S+, `(az|aliyun|aws|gcloud) /;
    assert.match(said, told);
    assert.equal(here.clouds.state.requests.length, 0);
  });
}

test("a workflow without the permission is told of it, and a stranger whom to trust", async () => {
  await using here = await stage(LOGINS[1]?.[1] ?? "");
  const without = await here.slipway(["sync"], { GITHUB_ACTIONS: "true" });
  assert.equal(without.exit, 4);
  assert.match(without.said, /permissions: id-token: write/);
  here.clouds.state.trusted = "repo:acme/other";
  const stranger = await here.slipway(["sync"]);
  assert.equal(stranger.exit, 4);
  assert.match(stranger.said, /AADSTS700213/);
  assert.match(
    stranger.said,
    /the subject repo:acme\/app:ref:refs\/heads\/main and the audience api:\/\/AzureADTokenExchange/,
  );
  // many tags, one question
  assert.equal(here.clouds.count("microsoft"), 1);
});

test("config show has what a login says, for none of it is secret", async () => {
  await using here = await stage(LOGINS[1]?.[1] ?? "");
  const { said } = await here.slipway(["config", "show"]);
  assert.match(said, new RegExp(`client: ${AZURE.client}\n +tenant: ${AZURE.tenant}\n`));
});
