import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Digest } from "../../oci/digest.ts";
import type { Scenario } from "./scenario.ts";
import { Shelf } from "./shelf.ts";

/** A GitHub in this process, with what has to be seen of it; a test's own fits. */
export interface GitHubServer {
  readonly apiUrl: string;
  readonly token: string;
  readonly repository: { readonly owner: string; readonly name: string };
  /** The newest commit of the default branch. */
  readonly head: string;
  readonly releases: readonly SeenRelease[];
  /** The tag of the latest one. */
  readonly latest: string | undefined;
  readonly violations: readonly string[];
}

/** As GitHub's API shows it. */
export interface SeenRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly draft: boolean;
  readonly body?: string | null;
  readonly assets: readonly {
    readonly id: number;
    readonly name: string;
    readonly state: string;
    readonly size: number;
    readonly digest: string | null;
  }[];
}

/** A promise that was broken. */
export interface Breach {
  readonly rule: Rule;
  readonly said: string;
}

export type Rule =
  /** A write that no intent was recorded for. */
  | "unrecorded"
  /** `done` was recorded of what cannot be observed. */
  | "not-done"
  /** A manifest or tag before what it points to. */
  | "content-missing"
  /** Two images under one version. */
  | "second-digest"
  /** A draft or release before every required registry served the image. */
  | "release-too-early"
  | "asset-missing"
  | "second-release"
  | "second-asset"
  /** A floating tag before the release was out. */
  | "floating-too-early"
  /** A build although the version was served. */
  | "built-again"
  /** It went through, and something is not as it should be then. */
  | "not-finished"
  /** A life that nothing disturbed did not go through. */
  | "failed"
  /** When all was done, another run did something. */
  | "effects-left"
  /** GitHub was asked in a way that its description does not know. */
  | "github-misused";

/** Everything that outlives a run: registries, GitHub, and the disk of a machine. Lives come and go in it. */
export class World implements AsyncDisposable {
  readonly scenario: Scenario;
  readonly server: GitHubServer;
  readonly shelves: readonly Shelf[];
  readonly breaches: Breach[] = [];
  /** What the version stands for: the first digest that was put under it anywhere. */
  pinned: Digest | undefined;
  /** How many lives there were. */
  lives = 0;
  readonly #folder: string;
  #machines = 0;

  private constructor(scenario: Scenario, server: GitHubServer, folder: string) {
    this.scenario = scenario;
    this.server = server;
    this.#folder = folder;
    this.shelves = scenario.registries.map(({ name, required }) => new Shelf(name, required));
  }

  static async of(scenario: Scenario, server: GitHubServer): Promise<World> {
    return new World(scenario, server, await mkdtemp(join(tmpdir(), "slipway-simulation-")));
  }

  /** A machine with the checkout and nothing else: the folder of the project. */
  async machine(): Promise<string> {
    this.#machines += 1;
    const folder = join(this.#folder, `machine-${this.#machines}`);
    await mkdir(folder);
    const { checkout } = this.scenario;
    for (const [path, content] of Object.entries(checkout)) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    return folder;
  }

  /** Where runs keep what needs no machine to outlive them. */
  cacheOf(life: number): string {
    return join(this.#folder, `cache-${life}`);
  }

  breach(rule: Rule, said: string): void {
    this.breaches.push({ rule, said });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
