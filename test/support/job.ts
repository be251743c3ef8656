import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Contexts, fill, holds } from "./expressions.ts";
import type { GitHubEvent } from "./github-event.ts";
import type { Step } from "./workflow.ts";

/** The repository that a workflow runs in. */
export interface Repository {
  /** `owner/name` */
  readonly name: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Secrets by the environment that a job has to name. */
  readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** What `github.token` is in jobs that may write something. */
  readonly token?: string;
  /** What the runner has in its environment besides what every one has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The machine that a job has. */
export interface Machine {
  /** The folder that steps run in. */
  readonly workspace: string;
  /** An empty one, for what the runner itself writes. */
  readonly temporary: string;
  /** What every step has in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Stands in for an action. @returns how it ended */
  readonly use: (step: Step, job: Job) => Promise<Ended>;
}

export interface Ended {
  readonly code: number;
  /** Both streams. */
  readonly output: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** A step with a script, as it ran. */
export interface RanStep {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly code: number;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a runner knows of the job it is at. Its files: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files */
export class Job {
  readonly machine: Machine;
  readonly event: GitHubEvent;
  readonly ran: RanStep[] = [];
  output = "";
  summary = "";
  /** What steps have put into PATH, the newest first. */
  readonly #path: string[] = [];
  #env: Readonly<Record<string, string>> = {};

  constructor(machine: Machine, event: GitHubEvent) {
    this.machine = machine;
    this.event = event;
  }

  /** Runs steps one after the other, each where its condition holds. @returns the exit code of the first that failed, or 0 */
  async run(steps: readonly Step[], own: Omit<Contexts, "status">, env: Readonly<Record<string, string>> = {}) {
    let failed = 0;
    for (const step of steps) {
      const contexts: Contexts = { ...own, status: failed === 0 ? "success" : "failure" };
      if (!holds(step.if, contexts)) continue;
      const filled = { ...env, ...mapped(step.env, contexts) };
      const { code, outputs = {} } =
        step.uses === undefined
          ? await this.#script(step, filled)
          : await this.machine.use({ ...step, env: filled, with: mapped(step.with, contexts) }, this);
      if (step.id !== undefined) own.steps[step.id] = { outputs };
      failed ||= code;
    }
    return failed;
  }

  /** For the steps that follow. */
  addPath(folder: string): void {
    this.#path.unshift(folder);
  }

  async #script({ name = "", run = "", shell }: Step, env: Readonly<Record<string, string>>): Promise<Ended> {
    const files = await this.#commandFiles();
    const { PATH = "", ...common } = this.machine.env;
    const path = [...this.#path, PATH].join(delimiter);
    const all = { ...common, ...this.#env, ...env, PATH: path, ...files };
    const script = join(await this.#folder("script"), "run.sh");
    await writeFile(script, `exec 2>&1\n${run}`);
    const ended = await bash([...SHELLS[shell ?? "usual"], script], this.machine.workspace, all);
    this.output += ended.output;
    this.summary += await readFile(files.GITHUB_STEP_SUMMARY, "utf8");
    for (const line of (await readFile(files.GITHUB_PATH, "utf8")).split("\n")) if (line !== "") this.addPath(line);
    this.#env = { ...this.#env, ...valuesIn(await readFile(files.GITHUB_ENV, "utf8")) };
    const outputs = valuesIn(await readFile(files.GITHUB_OUTPUT, "utf8"));
    this.ran.push({ name, env: all, code: ended.code, outputs });
    return { ...ended, outputs };
  }

  /** Each step has its own. */
  async #commandFiles() {
    const folder = await this.#folder("files");
    const at = (name: string) => join(folder, name);
    const files = {
      GITHUB_OUTPUT: at("output"),
      GITHUB_PATH: at("path"),
      GITHUB_ENV: at("env"),
      GITHUB_STEP_SUMMARY: at("summary"),
    };
    await Promise.all(Object.values(files).map((file) => writeFile(file, "")));
    return files;
  }

  async #folder(kind: string): Promise<string> {
    const folder = join(this.machine.temporary, `${kind}-${this.ran.length}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
const SHELLS = { usual: ["-e"], bash: ["--noprofile", "--norc", "-e", "-o", "pipefail"] } as const;

/** The variables that every runner has. */
export function runnerEnv(event: GitHubEvent, repository: Repository, files: { readonly event: string }) {
  return {
    NODE_COMPILE_CACHE: join(tmpdir(), "slipway-end-to-end-compiled"),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: "octocat",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_REF: event.ref,
    GITHUB_REPOSITORY: repository.name,
    GITHUB_RUN_ID: "42",
    GITHUB_SHA: event.sha,
  };
}

function bash(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve) => {
    execFile("bash", args, { cwd, env: { ...env }, maxBuffer: 1e8 }, (error, output) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output });
    });
  });
}

function mapped(values: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill(String(value), contexts)]));
}

/** `NAME=VALUE`, or `NAME<<DELIMITER`, lines, and the delimiter again. */
function valuesIn(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([\w-]+)(?:=(.*)|<<(\S+)\n([\s\S]*?)\n?^\3)$/gm);
  return Object.fromEntries([...found].map(([, name = "", line, , lines = ""]) => [name, line ?? lines]));
}
