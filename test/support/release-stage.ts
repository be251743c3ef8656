import assert from "node:assert/strict";
import {
  type RegistryOptions,
  startGitHub,
  startRegistry,
  type TestGitHub,
  type TestGitHubOptions,
  type TestRegistry,
} from "../../src/testing/index.ts";
import { Checkout } from "./checkout.ts";
import { journals } from "./journals.ts";
import type { Ended, Running, RunOptions } from "./workplace.ts";

export const REPOSITORY = "acme/app";
export const OUTLETS = ["hub", "aliyun", "azure"] as const;
export type OutletName = (typeof OUTLETS)[number];

/** What version 1.2.3 is released with. */
export const ASSET = "thing-1.2.3.zip";

/** What a stage has besides three registries, a GitHub and a checkout. */
export interface StageOptions {
  /** Sections of slipway.yaml, in place of those that are usual here. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Committed besides slipway.yaml and the image's file. */
  readonly files?: Readonly<Record<string, string>>;
  readonly registry?: RegistryOptions;
  readonly github?: TestGitHubOptions;
}

/** A checkout that publishes to three registries, the second optional, and to GitHub; built by `layers`. */
export class ReleaseStage implements AsyncDisposable {
  readonly checkout: Checkout;
  readonly github: TestGitHub;
  readonly #options: RegistryOptions;
  readonly #registries: Record<OutletName, TestRegistry>;
  readonly #down = new Set<OutletName>();

  private constructor(parts: Parts, options: RegistryOptions) {
    this.checkout = parts.checkout;
    this.github = parts.github;
    this.#registries = parts.registries;
    this.#options = options;
  }

  static async open({ config = {}, files = {}, registry = {}, github = {} }: StageOptions = {}) {
    const start = () => startRegistry(registry);
    const registries = { hub: await start(), aliyun: await start(), azure: await start() };
    const common = {
      "slipway.yaml": yaml({ ...usualConfig(registries), ...config }),
      "files/run": "#!/bin/sh\necho run\n",
    };
    const checkout = await Checkout.of({ ...common, ...files });
    await checkout.write(ASSET, "the asset");
    return new ReleaseStage({ checkout, registries, github: await startGitHub(github) }, registry);
  }

  get hub(): TestRegistry {
    return this.#registries.hub;
  }

  /** The optional one. */
  get aliyun(): TestRegistry {
    return this.#registries.aliyun;
  }

  get azure(): TestRegistry {
    return this.#registries.azure;
  }

  /** Ends a registry, with all that it holds. */
  async takeDown(name: OutletName): Promise<void> {
    this.#down.add(name);
    await this.#registries[name].close();
  }

  /** Starts it again, empty, where it was. */
  async bringUp(name: OutletName): Promise<void> {
    const port = Number(this.#registries[name].host.split(":")[1]);
    this.#registries[name] = await startRegistry({ ...this.#options, port });
    this.#down.delete(name);
  }

  /** In the order of the configuration, the primary first. */
  get registries(): readonly TestRegistry[] {
    return [this.hub, this.aliyun, this.azure];
  }

  /** What GitHub's client finds in the environment. */
  get env(): Readonly<Record<string, string>> {
    return { GITHUB_API_URL: this.github.apiUrl, GITHUB_TOKEN: this.github.token };
  }

  slipway(args: readonly string[], { env = {} }: RunOptions = {}): Promise<Ended> {
    return this.checkout.slipway(args, { env: { ...this.env, ...env } });
  }

  start(args: readonly string[]): Running {
    return this.checkout.start(args, { env: this.env });
  }

  /** Runs to the end that is expected. @returns how it ended, and its report */
  async expect(code: number, args: readonly string[], options: RunOptions = {}) {
    const ended = await this.slipway([...args, "--json"], options);
    assert.equal(ended.code, code, `${args.join(" ")}\n${ended.stderr}`);
    return { ...ended, report: ended.stdout === "" ? undefined : JSON.parse(ended.stdout) };
  }

  /** What each registry serves under a tag. */
  digests(tag: string): readonly (string | undefined)[] {
    return this.registries.map((registry) => registry.tags(REPOSITORY)[tag]);
  }

  /** Requests that change something, at registries and GitHub. */
  get writes(): readonly string[] {
    const atRegistries = this.registries.flatMap(({ requests }) => [...requests].filter(isWrite));
    return [...atRegistries, ...this.github.requests.writes()].map(({ method, path }) => `${method} ${path}`);
  }

  clear(): void {
    for (const { requests } of [...this.registries, this.github]) requests.clear();
  }

  /** How often the runs so far have built. */
  async builds(): Promise<number> {
    const entries = await journals(this.checkout);
    return entries.filter(({ state, kind }) => state === "intent" && kind === "build").length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const up = OUTLETS.filter((name) => !this.#down.has(name));
    await Promise.all(up.map((name) => this.#registries[name].close()));
    await this.github.close();
    await this.checkout[Symbol.asyncDispose]();
  }
}

export function isWrite({ method }: { readonly method: string }): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** JSON is YAML. */
export function yaml(config: object): string {
  return `${JSON.stringify({ version: 1, name: "app", ...config }, undefined, 2)}\n`;
}

/** An image of one file for two platforms, made without any program. */
export const LAYERS_BUILD = {
  with: "layers",
  layers: [{ folder: "files", to: "/app" }],
  config: { entrypoint: ["/app/run"] },
  platforms: ["linux/amd64", "linux/arm64"],
};

interface Parts {
  readonly checkout: Checkout;
  readonly github: TestGitHub;
  readonly registries: Record<OutletName, TestRegistry>;
}

function usualConfig({ hub, aliyun, azure }: Parts["registries"]) {
  return {
    registries: {
      hub: { image: `${hub.host}/${REPOSITORY}` },
      aliyun: { image: `${aliyun.host}/${REPOSITORY}`, required: false },
      azure: { image: `${azure.host}/${REPOSITORY}` },
    },
    build: LAYERS_BUILD,
    tags: ["{{version}}", "{{major}}.{{minor}}", "{{major}}", "latest"],
    release: { github: REPOSITORY, assets: ["thing-{{version}}.zip"] },
  };
}
