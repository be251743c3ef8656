import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import {
  type Folder,
  startGitHub,
  startRegistry,
  type TestGitHub,
  type TestRegistry,
  temporaryFolder,
} from "../../src/testing/index.ts";
import type { Checks } from "../row.ts";
import type { Slipway } from "../tools/player.ts";
import type { Run } from "../tools/workplace.ts";
import { REPOSITORY } from "./ends.ts";

const execute = promisify(execFile);
const VERSION = "1.2.3";
const GIT_TAG = `v${VERSION}`;

/** A checkout whose version 1.2.3 goes to two registries and to GitHub. */
export class ReleaseStage implements AsyncDisposable {
  readonly registries: readonly TestRegistry[];
  readonly github: TestGitHub;
  readonly #slipway: Slipway;
  readonly #folder: Folder;

  private constructor(slipway: Slipway, registries: readonly TestRegistry[], github: TestGitHub, folder: Folder) {
    this.#slipway = slipway;
    this.registries = registries;
    this.github = github;
    this.#folder = folder;
  }

  static async open(slipway: Slipway): Promise<ReleaseStage> {
    const registries = [await startRegistry(), await startRegistry()];
    const folder = await temporaryFolder("faults-release");
    const stage = new ReleaseStage(slipway, registries, await startGitHub(), folder);
    await stage.#write("slipway.yaml", configuration(registries));
    await stage.#write("files/run", "#!/bin/sh\n");
    await stage.#write("app.zip", "an asset");
    await stage.#git("init", "--quiet");
    await stage.#git("add", "slipway.yaml", "files");
    await stage.#git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=first");
    return stage;
  }

  release(kill?: AbortSignal): Promise<Run> {
    const env = { GITHUB_API_URL: this.github.apiUrl, GITHUB_TOKEN: this.github.token };
    return this.#slipway.run(["release", VERSION], { folder: this.#folder.path, env, ...(kill && { kill }) });
  }

  /** Whether people see a release whose image a registry does not have, or whose files are not whole. */
  get isHalf(): boolean {
    const release = this.github.releases.find(({ draft }) => !draft);
    if (release === undefined) return false;
    return (
      this.digests.size !== 1 || release.assets.length !== 1 || release.assets.some(({ state }) => state !== "uploaded")
    );
  }

  /** What the registries serve as the version; undefined where one does not. */
  get digests(): ReadonlySet<string | undefined> {
    return new Set(this.registries.map((registry) => registry.tags(REPOSITORY)[VERSION]));
  }

  /** Requests so far that change something. */
  get writes(): number {
    const at = this.registries.map(({ requests }) => requests.length - requests.count("GET") - requests.count("HEAD"));
    return at.reduce((sum, count) => sum + count, this.github.requests.writes().length);
  }

  /** How often the runs have begun to build. */
  async builds(): Promise<number> {
    const folder = this.#path(`.slipway/runs/${VERSION}`);
    const files = await readdir(folder).catch(() => []);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    return texts.join("").match(/"state":"intent","kind":"build"/g)?.length ?? 0;
  }

  /** What holds when the version is out. */
  async released(run: Run): Promise<Checks> {
    const [digest] = this.digests;
    const { releases, violations } = this.github;
    return {
      "it ends well": run.code === 0,
      "there is one release": releases.length === 1 && releases[0]?.draft === false && releases[0].tag_name === GIT_TAG,
      "one digest is everywhere": this.digests.size === 1 && digest !== undefined,
      "its files are whole": !this.isHalf,
      "it was built once": (await this.builds()) === 1,
      "GitHub was asked as it describes": violations.length === 0,
    };
  }

  #path(file: string): string {
    return join(this.#folder.path, "work", file);
  }

  async #write(file: string, content: string): Promise<void> {
    await mkdir(dirname(this.#path(file)), { recursive: true });
    await writeFile(this.#path(file), content);
  }

  async #git(...args: readonly string[]): Promise<void> {
    await execute("git", args, { cwd: this.#path("."), env: { PATH: process.env.PATH, HOME: this.#folder.path } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.registries, this.github].map((server) => server.close()));
    await this.#folder.remove();
  }
}

function configuration([one, two]: readonly TestRegistry[]): string {
  return `version: 1
name: app
registries:
  one: { image: "${one?.host}/${REPOSITORY}" }
  two: { image: "${two?.host}/${REPOSITORY}" }
build: { with: layers, layers: [{ folder: files, to: /app }], platforms: [linux/amd64] }
tags: ["{{version}}", latest]
release: { github: acme/app, assets: [app.zip] }
`;
}
