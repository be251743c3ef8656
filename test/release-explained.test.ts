import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { randomImage, startGitHub, startRegistry } from "../src/testing/index.ts";
import { publish } from "./support/images.ts";
import { REPOSITORY, ReleaseStage } from "./support/release-stage.ts";
import { Workplace } from "./support/workplace.ts";

/** One thing that is wrong, as programs are told. */
interface Problem {
  readonly kind: string;
  readonly where: string;
  readonly repair?: string;
}

interface Explained {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly places: readonly { readonly name: string; readonly state: string }[];
}

type Run = (
  args: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

/** Asks both commands, which must agree. @returns what is wrong */
async function explained(run: Run, args: readonly string[], exit: { verify: number; why: number }): Promise<Explained> {
  const verified = await run(["verify", ...args, "--json"]);
  assert.equal(verified.code, exit.verify, verified.stderr + verified.stdout);
  const why = await run(["why", ...args, "--json"]);
  assert.equal(why.code, exit.why, why.stderr);
  const [one, other]: readonly Explained[] = [JSON.parse(verified.stdout), JSON.parse(why.stdout)];
  assert.ok(one !== undefined && other !== undefined);
  assert.deepEqual(other.problems, one.problems);
  return one;
}

const FINE = { verify: 0, why: 0 };
const WRONG = { verify: 5, why: 0 };
const kinds = ({ problems }: Explained) => problems.map(({ kind }) => kind);

/** Runs the command that was printed, as a person would paste it. */
async function repair(run: Run, problem: Problem | undefined): Promise<void> {
  assert.match(problem?.repair ?? "", /^slipway \w+/);
  const ended = await run((problem?.repair ?? "").split(" ").slice(1));
  assert.equal(ended.code, 0, ended.stderr);
}

describe("verify and why with a configuration", { concurrency: 3 }, () => {
  test("everything is fine, and neither writes anything", async () => {
    await using stage = await ReleaseStage.open();
    await stage.expect(0, ["release", "1.2.3"]);
    stage.clear();
    const run: Run = (args) => stage.slipway(args);
    const state = await explained(run, ["1.2.3"], FINE);
    assert.deepEqual([state.ok, kinds(state)], [true, []]);
    assert.deepEqual(
      state.places.map(({ name, state: of }) => [name, of]),
      [
        ["hub", "there"],
        ["aliyun", "there"],
        ["azure", "there"],
      ],
    );
    assert.deepEqual(stage.writes, []);
    const people = await stage.slipway(["why", "v1.2.3"]);
    assert.match(
      people.stdout,
      /Nothing is wrong with 1\.2\.3\.\n\nRuns on this machine:\n.* {2}slipway release 1\.2\.3 {2}ended with exit code 0/,
    );
  });

  test("a version that was never published", async () => {
    await using stage = await ReleaseStage.open();
    const run: Run = (args) => stage.slipway(args);
    const state = await explained(run, ["1.2.3"], WRONG);
    assert.deepEqual(kinds(state), ["nowhere"]);
    await repair(run, state.problems[0]);
    assert.deepEqual(kinds(await explained(run, ["1.2.3"], FINE)), []);
  });

  test("the image has gone from a registry after the release; the repair brings it back", async () => {
    await using stage = await ReleaseStage.open();
    const run: Run = (args) => stage.slipway(args);
    await stage.expect(0, ["release", "1.2.3"]);
    await stage.takeDown("azure");
    const down = await explained(run, ["1.2.3"], WRONG);
    assert.deepEqual(
      down.problems.map(({ kind, repair: with_ }) => [kind, with_]),
      [["unknown", undefined]],
    );
    await stage.bringUp("azure");
    const state = await explained(run, ["1.2.3"], WRONG);
    assert.deepEqual(
      state.problems.map(({ kind, where }) => [kind, where]),
      [["half-release", `${stage.azure.host}/${REPOSITORY}`]],
    );
    await repair(run, state.problems[0]);
    assert.deepEqual(kinds(await explained(run, ["1.2.3"], FINE)), []);
    const [digest] = stage.digests("1.2.3");
    assert.deepEqual(stage.digests("1.2.3"), [digest, digest, digest]);
  });

  test("a run that stopped half way: what is missing, why, and the command that goes on", async () => {
    await using stage = await ReleaseStage.open();
    const run: Run = (args) => stage.slipway(args);
    const body = JSON.stringify({ message: "Validation Failed" });
    const fault = { kind: "status", status: 422, headers: { "content-type": "application/json" }, body } as const;
    const armed = stage.github.faults.add({ operation: "repos/update-release", fault });
    await stage.expect(1, ["release", "1.2.3"]);
    armed.remove();
    const state = await explained(run, ["1.2.3"], WRONG);
    assert.deepEqual(kinds(state), ["draft-left"]);
    const { stdout } = await stage.slipway(["why", "1.2.3"]);
    assert.match(
      stdout,
      /is still a draft: a run has stopped before its end\n {2}mend it with: slipway release 1\.2\.3\n/,
    );
    assert.match(stdout, /slipway release 1\.2\.3 {2}stopped at publish: GITHUB_REFUSED/);
    await repair(run, state.problems[0]);
    assert.deepEqual(kinds(await explained(run, ["1.2.3"], FINE)), []);
    assert.equal(stage.github.releases.length, 1);
  });

  test("the image is everywhere, and there is no release", async () => {
    await using stage = await ReleaseStage.open();
    const run: Run = (args) => stage.slipway(args);
    await stage.expect(0, ["push", "--for", "1.2.3"]);
    const state = await explained(run, ["1.2.3"], WRONG);
    assert.deepEqual(kinds(state), ["release-missing"]);
    await repair(run, state.problems[0]);
    assert.deepEqual(kinds(await explained(run, ["1.2.3"], FINE)), []);
  });

  test("a registry serves another image: no command mends that, and it is said", async () => {
    await using stage = await ReleaseStage.open();
    const run: Run = (args) => stage.slipway(args);
    await stage.expect(0, ["release", "1.2.3"]);
    await stage.azure.put(REPOSITORY, await randomImage({ seed: "other" }), "1.2.3");
    const state = await explained(run, ["1.2.3"], WRONG);
    const problems = state.problems.map(({ kind, where, repair: with_ }) => [kind, where, with_]);
    const where = `${stage.azure.host}/${REPOSITORY}`;
    assert.deepEqual(problems, [
      ["other-digest", where, undefined],
      ["release-outdated", where, undefined],
    ]);
    const { stdout } = await stage.slipway(["verify", "1.2.3"]);
    assert.match(stdout, /no command mends this: a version is never overwritten/);
  });

  test("what cannot be asked at all is a failure of its own", async () => {
    await using stage = await ReleaseStage.open();
    for (const name of ["hub", "aliyun", "azure"] as const) await stage.takeDown(name);
    await stage.github.close();
    const run: Run = (args) => stage.slipway(args);
    const state = await explained(run, ["1.2.3"], { verify: 1, why: 1 });
    assert.deepEqual(new Set(kinds(state)), new Set(["unknown"]));
  });
});

describe("verify and why where nobody has ever used Slipway", { concurrency: 3 }, () => {
  /** Two repositories and a published release, made by other programs; the second lacks the image. */
  async function others(tag: string) {
    const stack = new AsyncDisposableStack();
    const [one, two] = [stack.use(await startRegistry()), stack.use(await startRegistry())];
    const github = stack.use(await startGitHub());
    const workplace = stack.use(await Workplace.with());
    const image = await randomImage({ seed: "others" });
    await publish(one, "team/app", { [tag]: image });
    github.putRelease({ tag_name: "v1.2.3", body: "by hand" });
    const places = ["--image", `${one.host}/team/app`, "--image", `${two.host}/team/app`, "--github", REPOSITORY];
    const env = { GITHUB_API_URL: github.apiUrl };
    const run: Run = (args) => workplace.slipway(args, { env });
    return { one, two, image, places, run, github, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  }

  for (const tag of ["1.2.3", "v1.2.3"]) {
    test(`a half release of the tag ${tag} is found, without a token, and the printed command mends it`, async () => {
      await using here = await others(tag);
      const { run, places, two, image } = here;
      const state = await explained(run, ["1.2.3", ...places], WRONG);
      assert.deepEqual(
        state.problems.map(({ kind, where }) => [kind, where]),
        [["half-release", `${two.host}/team/app`]],
      );
      await repair(run, state.problems[0]);
      assert.equal(two.tags("team/app")[tag], image.root.digest);
      assert.deepEqual(kinds(await explained(run, ["1.2.3", ...places], FINE)), []);
      assert.deepEqual(here.github.requests.writes(), []);
    });
  }

  test("an asset whose upload has failed, and a release that is not there", async () => {
    await using here = await others("1.2.3");
    const { run, one, github } = here;
    github.putRelease({ tag_name: "v1.2.4", assets: { "a.zip": "a" }, starters: ["b.zip"] });
    await publish(one, "team/app", { "1.2.4": here.image, "1.2.5": here.image });
    const places = ["--image", `${one.host}/team/app`, "--github", REPOSITORY];
    assert.deepEqual(kinds(await explained(run, ["1.2.4", ...places], WRONG)), ["asset-unfinished"]);
    assert.deepEqual(kinds(await explained(run, ["1.2.5", ...places], WRONG)), ["release-missing"]);
    assert.deepEqual(kinds(await explained(run, ["1.2.5", ...places.slice(0, 2)], FINE)), []);
  });

  for (const [args, said] of [
    [["verify", "1.2.3"], /no registry is named that could hold 1\.2\.3/],
    [["why"], /VERSION/],
    [["verify", "one", "--image", "127.0.0.1:1/a"], /one/],
    [["why", "1.2.3", "--image", "Not A Reference"], /Not A Reference/],
    [["why", "1.2.3", "--image", "127.0.0.1:1/a", "--github", "nobody"], /nobody/],
  ] as const) {
    test(`${args.join(" ")}: exit 2`, async () => {
      await using workplace = await Workplace.with();
      const ended = await workplace.slipway(args);
      assert.equal(ended.code, 2, ended.stderr);
      assert.match(ended.stderr, said);
    });
  }
});
