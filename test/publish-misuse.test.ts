import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ASSET, LAYERS_BUILD, OUTLETS, ReleaseStage, yaml } from "./support/release-stage.ts";
import { Workplace } from "./support/workplace.ts";

interface Misuse {
  readonly args: readonly string[];
  readonly code: number;
  readonly said: RegExp;
  readonly env?: Readonly<Record<string, string>>;
}

const usage = (args: readonly string[], said: RegExp, env: Readonly<Record<string, string>> = {}): Misuse => ({
  args,
  code: 2,
  said,
  env,
});

const VERSION_COMMANDS = [["release"], ["github-release"], ["plan", "release"], ["plan", "github-release"]];
const ALL_COMMANDS = ["download", "unpack", "build", "push", "github-release", "release", "verify", "why", "changed"];

const MISUSES: readonly Misuse[] = [
  // a registry that is not there
  usage(
    ["push", "azzure", "--for", "1.2.3"],
    /no registry azzure in the configuration; did you mean azure\?\n {2}known are hub, aliyun, azure/,
  ),
  usage(["push", "elsewhere", "--for", "1.2.3"], /no registry elsewhere in the configuration\n {2}known are/),
  usage(["plan", "push", "azzure", "--for", "1.2.3"], /did you mean azure\?/),
  usage(["push", "hub", "--primary", "--for", "1.2.3"], /--primary does not go with hub/),
  // no version, or none that is one
  ...VERSION_COMMANDS.map((command) => usage(command, /which version\?/)),
  ...[...VERSION_COMMANDS, ["verify"], ["why"]].map((command) => usage([...command, "one.two"], /one\.two/)),
  ...["push", "build", "download", "unpack"].map((command) => usage([command, "--for", "one.two"], /one\.two/)),
  usage(["release"], /one\.two/, { SLIPWAY_VERSION: "one.two" }),
  usage(["verify"], /VERSION/),
  usage(["why"], /VERSION/),
  // too much
  usage(["release", "1.2.3", "1.2.4"], /1\.2\.4/),
  usage(["github-release", "1.2.3", "1.2.4"], /1\.2\.4/),
  usage(["verify", "1.2.3", "1.2.4"], /1\.2\.4/),
  usage(["why", "1.2.3", "1.2.4"], /1\.2\.4/),
  usage(["build", "1.2.3"], /1\.2\.3/),
  usage(["download", "1.2.3"], /1\.2\.3/),
  usage(["unpack", "1.2.3"], /1\.2\.3/),
  // options
  ...ALL_COMMANDS.map((command) => usage([command, "--no-such-option"], /--no-such-option/)),
  usage(["release", "1.2.3", "--alow-dirty"], /--allow-dirty/),
  usage(["release", "1.2.3", "--limit-rate", "much"], /much/),
  usage(["push", "--for"], /--for/),
  usage(["release", "1.2.3", "--detailed-exitcode"], /--detailed-exitcode/),
  usage(["relaese", "1.2.3"], /release/),
  // a configuration that is not there, or not right
  ...["push", "release", "github-release", "download", "build"].map((command) =>
    usage([command, "-c", "nowhere.yaml"], /nowhere\.yaml/),
  ),
  // who may
  { args: ["release", "1.2.3"], code: 4, said: /there is no token for http/, env: { GITHUB_TOKEN: "" } },
  { args: ["github-release", "1.2.3"], code: 4, said: /set GITHUB_TOKEN/, env: { GITHUB_TOKEN: "" } },
];

describe("misuse of the publishing commands", { concurrency: 4 }, () => {
  for (const { args, code, said, env = {} } of MISUSES) {
    const given = Object.entries(env).map(([name, value]) => `${name}=${value} `);
    test(`${given.join("")}${args.join(" ")}: exit ${code}, and nothing is written`, async () => {
      await using stage = await ReleaseStage.open();
      const ended = await stage.slipway(args, { env });
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, said);
      assert.equal(ended.stdout, "");
      assert.deepEqual(stage.writes, []);
    });
  }

  /** Sections of slipway.yaml that cannot be. */
  const CONFIGS: readonly (readonly [config: object, args: readonly string[], said: RegExp])[] = [
    [{}, ["push", "--for", "1.2.3"], /names no registry to publish to/],
    [{ registries: { hub: { image: "127.0.0.1:1" } } }, ["push", "--for", "1.2.3"], /names no registry to publish to/],
    [{ registries: { hub: { image: "127.0.0.1:1/a", require: true } } }, ["push"], /require.*required/s],
    [{ registries: hub(), build: { ...LAYERS_BUILD, dockerfile: "D" } }, ["build"], /build\.dockerfile/],
    [
      { registries: hub(), build: { with: "kaniko" } },
      ["build"],
      /build\.with .*expected one of docker, buildah, layers/,
    ],
    [{ registries: hub(), source: { url: "https://example.test/a", path: "b" } }, ["download"], /only one/],
    [{ registries: hub(), tags: ["type=nothing"] }, ["push"], /type=nothing|nothing/],
    [{ registries: hub(), release: { github: "acme" } }, ["release", "1.2.3"], /OWNER\/NAME/],
    [{ registries: hub(), release: {} }, ["release", "1.2.3"], /which repository on GitHub\?/],
    [{ registries: hub(), release: { tag: "v{{verson}}" } }, ["release", "1.2.3"], /verson/],
  ];
  for (const [config, args, said] of CONFIGS) {
    test(`${args.join(" ")} with ${JSON.stringify(config)}: exit 2`, async () => {
      await using workplace = await Workplace.with({ "slipway.yaml": yaml(config), "files/run": "run" });
      const ended = await workplace.slipway(args, {
        env: { GITHUB_TOKEN: "a-token", GITHUB_API_URL: "http://127.0.0.1:1" },
      });
      assert.equal(ended.code, 2, ended.stderr);
      assert.match(ended.stderr, said);
    });
  }
});

function hub(): object {
  return { hub: { image: "127.0.0.1:1/acme/app" } };
}

describe("a dry run", { concurrency: 3 }, () => {
  const STEPS = [
    ["build", ["build"]],
    ["push", ["build", "push"]],
    ["github-release", ["build", "push", "publish"]],
    ["release", ["build", "push", "publish", "floating-tags"]],
  ] as const;

  for (const [command, steps] of STEPS) {
    test(`plan ${command} and ${command} --dry-run say the same and write nothing, neither here nor there`, async () => {
      await using own = await ReleaseStage.open();
      const version = command === "build" || command === "push" ? ["--for", "1.2.3"] : ["1.2.3"];
      const planned = await own.expect(0, ["plan", command, ...version]);
      const dry = await own.expect(0, [command, ...version, "--dry-run"]);
      assert.deepEqual(dry.report.plan, planned.report.plan);
      assert.deepEqual([...new Set(planned.report.plan.map(({ step }: { step: string }) => step))], steps);
      const detailed = await own.slipway(["plan", command, ...version, "--detailed-exitcode"]);
      assert.equal(detailed.code, 5, detailed.stderr);
      assert.match(detailed.stdout, /^→ build +build it with layers, linux\/amd64, linux\/arm64\n/);
      assert.deepEqual(own.writes, []);
      assert.deepEqual(await own.checkout.filesBelow(".slipway"), []);
    });
  }

  test("of what is published already has nothing to do: exit 0, with --detailed-exitcode, too", async () => {
    await using own = await ReleaseStage.open();
    await own.expect(0, ["release", "1.2.3"]);
    own.clear();
    const ended = await own.slipway(["plan", "release", "1.2.3", "--detailed-exitcode"]);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /Nothing to do: everything is as it should be\.\n$/);
    assert.deepEqual(own.writes, []);
  });

  test("needs no token for a public repository, and names a registry that cannot be asked", async () => {
    await using own = await ReleaseStage.open();
    await own.takeDown("azure");
    const ended = await own.slipway(["plan", "release", "1.2.3"], { env: { GITHUB_TOKEN: "" } });
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stdout, /✗ push +.*cannot be reached/);
    await own.bringUp("azure");
    await own.takeDown("aliyun");
    assert.equal((await own.slipway(["plan", "release", "1.2.3"])).code, 0);
  });
});

test("a second run at the same time is refused, and says which process is at work; afterwards it may", async () => {
  await using own = await ReleaseStage.open();
  for (const name of OUTLETS) own[name].faults.add({ method: "PUT", effect: { kind: "latency", milliseconds: 1000 } });
  const first = own.start(["release", "1.2.3"]);
  const isAtWork = () => own.hub.requests.count("PUT") > 0;
  for (let waited = 0; !isAtWork() && waited < 20_000; waited += 5) await sleep(5);
  const second = await own.slipway(["release", "1.2.3"]);
  assert.equal(second.code, 1, second.stderr);
  assert.match(second.stderr, new RegExp(`another run of Slipway \\(process ${first.pid}\\) works in`));
  // reading alone is not kept out
  assert.equal((await own.slipway(["plan", "release", "1.2.3"])).code, 0);
  assert.equal((await first.ended).code, 0);
  for (const name of OUTLETS) own[name].faults.clear();
  await own.expect(0, ["release", "1.2.3"]);
});

test("Ctrl-C ends a release at once, with 130; the same command goes on", async () => {
  await using own = await ReleaseStage.open();
  const slow = own.azure.faults.add({ method: "PUT", effect: { kind: "latency", milliseconds: 30_000 } });
  const running = own.start(["release", "1.2.3"]);
  const isAtWork = () => own.azure.requests.count("PUT") > 0;
  for (let waited = 0; !isAtWork() && waited < 20_000; waited += 5) await sleep(5);
  running.kill("SIGINT");
  const ended = await running.ended;
  assert.equal(ended.code, 130, ended.stderr);
  assert.match(ended.stderr, /Go on with: slipway release 1\.2\.3/);
  assert.equal(own.github.releases.length, 0);
  slow.remove();
  await own.expect(0, ["release", "1.2.3"]);
  assert.equal(await own.builds(), 1);
});

/** Target names of the builds that the first users come from. Each goes as far as its command. */
const OLD_NAMES: readonly (readonly [
  name: string,
  args: readonly string[],
  at: readonly string[],
  released: boolean,
])[] = [
  ["DockerBuild", ["--for", "1.2.3"], [], false],
  ["DockerPush", ["--for", "1.2.3"], ["hub"], false],
  ["DockerPushAliyun", ["--for", "1.2.3"], ["aliyun"], false],
  ["DockerPushAzure", ["--for", "1.2.3"], ["azure"], false],
  ["DockerPushAll", ["--for", "1.2.3"], ["hub", "aliyun", "azure"], false],
  ["GitHubRelease", ["1.2.3"], ["hub", "aliyun", "azure"], true],
  ["Release", ["1.2.3"], ["hub", "aliyun", "azure"], true],
];

describe("names of targets that people know from their old build", { concurrency: 3 }, () => {
  for (const [name, args, at, isReleased] of OLD_NAMES) {
    test(`${name} ${args.join(" ")}`, async () => {
      await using own = await ReleaseStage.open();
      await own.expect(0, [name, ...args]);
      const served = OUTLETS.filter((outlet) => own[outlet].tags("acme/app")["1.2.3"] !== undefined);
      assert.deepEqual(served, at);
      assert.equal(await own.builds(), 1);
      assert.equal(own.github.latest, isReleased ? "v1.2.3" : undefined);
      assert.equal(own.hub.tags("acme/app").latest !== undefined, name === "Release", "floating tags");
    });
  }

  test("Download, then Extract", async () => {
    const source = { path: "packages/app-{{version}}.tar.gz", unpack: "build/app" };
    await using own = await ReleaseStage.open({ config: { source } });
    await own.checkout.remove(ASSET);
    await own.checkout.git("archive", "--format=tar.gz", "--output=packages.tar.gz", "HEAD", "files");
    await own.checkout.write("packages/.keep", "");
    await own.checkout.git("archive", "--format=tar.gz", "--output=packages/app-1.2.3.tar.gz", "HEAD", "files");
    await own.expect(0, ["Download", "--for", "1.2.3"]);
    assert.deepEqual(await own.checkout.filesBelow("build"), []);
    await own.expect(0, ["Extract", "--for", "1.2.3"]);
    assert.match(await own.checkout.read("build/app/files/run"), /echo run/);
  });

  test("one for a registry that is not there names those that are", async () => {
    await using own = await ReleaseStage.open();
    const ended = await own.slipway(["DockerPushAzur", "--for", "1.2.3"]);
    assert.equal(ended.code, 2, ended.stderr);
    assert.match(ended.stderr, /did you mean azure\?/i);
  });
});
