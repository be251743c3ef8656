import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Folder, temporaryFolder } from "../../src/testing/index.ts";
import type { Checkout } from "./checkout.ts";

const execute = promisify(execFile);

/** The repository as GitHub has it: what was pushed, and nothing of anybody's checkout. */
export class Origin implements AsyncDisposable {
  /** Of the one that has everything; a depth means something at this address. */
  readonly url: string;
  readonly #folder: Folder;
  readonly #checkout: Checkout;

  private constructor(folder: Folder, checkout: Checkout) {
    this.url = `file://${folder.path}`;
    this.#folder = folder;
    this.#checkout = checkout;
  }

  static async of(checkout: Checkout): Promise<Origin> {
    const origin = new Origin(await temporaryFolder("origin"), checkout);
    await origin.git("init", "--quiet", "--bare", "--initial-branch=main");
    await origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
    await origin.push("HEAD", "refs/heads/main");
    return origin;
  }

  /** @returns the commit's hash */
  async push(what: string, ref: string): Promise<string> {
    await this.#checkout.git("push", "--quiet", "--force", this.url, `${what}:${ref}`);
    return this.git("rev-parse", `${ref}^{commit}`);
  }

  /** A file of a commit. */
  file(sha: string, path: string): Promise<string> {
    return this.git("show", `${sha}:${path}`);
  }

  async git(...args: readonly string[]): Promise<string> {
    return (await execute("git", args, { cwd: this.#folder.path })).stdout.trim();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#folder.remove();
  }
}
