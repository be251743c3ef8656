import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { temporaryFolder } from "../../src/testing/index.ts";
import { Workplace } from "./workplace.ts";

const execute = promisify(execFile);

/** A git checkout that fills a workplace of its own, on the branch `main`. What `commit` is not told of stays out of git. */
export class Checkout extends Workplace {
  #commits = 0;

  /** With these files in its first commit. */
  static async of(files: Readonly<Record<string, string>>): Promise<Checkout> {
    const checkout = new Checkout(await temporaryFolder("end-to-end"));
    await checkout.fill({});
    await checkout.git("init", "--quiet", "--initial-branch=main");
    await checkout.write(".git/info/exclude", "/home/\n/cache/\n");
    await checkout.commit(files);
    return checkout;
  }

  /** Writes files and commits them, and every other file that git knows. @returns the commit's hash */
  async commit(files: Readonly<Record<string, string>> = {}): Promise<string> {
    for (const [file, content] of Object.entries(files)) await this.write(file, content);
    if (Object.keys(files).length > 0) await this.git("add", "--force", "--", ...Object.keys(files));
    this.#commits += 1; // a minute each
    const date = new Date(Date.UTC(2026, 0, 2, 3, this.#commits)).toISOString();
    const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    await this.#run(["commit", "--quiet", "--all", "--allow-empty", `--message=change ${this.#commits}`], dates);
    return this.git("rev-parse", "HEAD");
  }

  /** What git prints. */
  git(...args: readonly string[]): Promise<string> {
    return this.#run(args, {});
  }

  async #run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const people = ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, "Ada"],
      [`GIT_${who}_EMAIL`, "ada@example.org"],
    ]);
    const { stdout } = await execute("git", args, {
      cwd: this.path("."),
      env: { PATH: "/usr/bin:/bin", HOME: this.path("home"), ...Object.fromEntries(people), ...env },
    });
    return stdout.trim();
  }
}
