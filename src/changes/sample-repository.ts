/** A git repository for one test, gone when it ends. For tests only. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import type { GitOptions } from "./git.ts";

const execute = promisify(execFile);

export class SampleRepository {
  readonly folder: string;
  /** For the functions under test: nothing of this machine's or this user's configuration. */
  readonly options: GitOptions & { readonly env: NodeJS.ProcessEnv };
  #commits = 0;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.options = { env };
  }

  async git(...args: readonly string[]): Promise<string> {
    const { stdout } = await execute("git", ["-C", this.folder, ...args], { env: this.options.env });
    return stdout.trim();
  }

  async write(path: string, content = path): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /** Commits all that is there, a minute after the one before; the commit's hash. */
  async commit(files: Readonly<Record<string, string>> = {}): Promise<string> {
    for (const [path, content] of Object.entries(files)) await this.write(path, content);
    await this.git("add", "--all");
    const date = new Date(Date.UTC(2024, 0, 2, 3, this.#commits++)).toISOString();
    const env = { ...this.options.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: "2001-01-01T00:00:00Z" };
    await execute("git", ["-C", this.folder, "commit", "--quiet", "--allow-empty", "--message=a change"], { env });
    return this.git("rev-parse", "HEAD");
  }

  /** A clone of this one beside it, through git's transport, so that depth counts. */
  async clone(name: string, ...args: readonly string[]): Promise<SampleRepository> {
    const folder = join(dirname(this.folder), name);
    await this.git("clone", "--quiet", ...args, `file://${this.folder}`, folder);
    return new SampleRepository(folder, this.options.env);
  }
}

/** An empty repository on the branch `main`. */
export async function sampleRepository(context: TestContext): Promise<SampleRepository> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), "slipway-git-")));
  context.after(() => rm(parent, { recursive: true, force: true, maxRetries: 3 }));
  const repository = new SampleRepository(join(parent, "work"), gitEnvironment(parent));
  await mkdir(repository.folder);
  await repository.git("init", "--quiet", "--initial-branch=main");
  return repository;
}

function gitEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CEILING_DIRECTORIES: home,
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.org",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.org",
  };
}
