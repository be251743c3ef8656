import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  startGitHub,
  startRegistry,
  type TestGitHub,
  type TestRegistry,
  temporaryFolder,
} from "../../src/testing/index.ts";
import { type PackageServer, servePackages } from "./packages.ts";

/** Everything that the demo plays with, all of it in this process. */
export interface Stage extends AsyncDisposable {
  /** Where the configuration is. */
  readonly folder: string;
  readonly config: string;
  readonly hub: TestRegistry;
  /** Nothing waits for this one. */
  readonly aliyun: TestRegistry;
  /** Down until {@link Stage.raise}; empty then. */
  readonly azure: TestRegistry;
  readonly github: TestGitHub;
  readonly packages: PackageServer;
  /** The registries that are up. */
  readonly registries: readonly TestRegistry[];
  /** Starts the registry that is down, where it was expected all the time. */
  raise(): Promise<void>;
}

export const NAME = "hagicode";
/** Where the image is, in each registry. */
export const REPOSITORIES = { hub: "newbe36524/hagicode", aliyun: "hagicode/hagicode", azure: "hagicode" } as const;

export async function setStage(): Promise<Stage> {
  await using closing = new AsyncDisposableStack();
  const hub = closing.use(await startRegistry());
  const aliyun = closing.use(await startRegistry());
  let azure = await startRegistry();
  closing.defer(() => azure.close());
  const github = closing.use(await startGitHub({ repository: "HagiCode-org/releases" }));
  const packages = closing.use(await servePackages());
  const { path: folder } = closing.use(await temporaryFolder("demo"));
  const config = configOf({ hub, aliyun, azure, packages });
  await writeFile(join(folder, "slipway.yaml"), config);
  // Its port is known, and nobody listens there any more.
  await azure.close();
  const up = [hub, aliyun];
  const all = closing.move();
  return {
    folder,
    config,
    hub,
    aliyun,
    get azure() {
      return azure;
    },
    github,
    packages,
    registries: up,
    raise: async () => {
      azure = await startRegistry({ port: Number(new URL(azure.origin).port) });
      up.push(azure);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function configOf({ hub, aliyun, azure, packages }: Pick<Stage, "hub" | "aliyun" | "azure" | "packages">): string {
  return `version: 1
name: ${NAME}
registries:
  hub:    { image: "${hub.host}/${REPOSITORIES.hub}" }
  aliyun: { image: "${aliyun.host}/${REPOSITORIES.aliyun}", required: false }
  azure:  { image: "${azure.host}/${REPOSITORIES.azure}" }
source:
  url: ${packages.origin}/hagicode-{{version}}-linux-x64.zip
  unpack: build/app
build:
  with: layers
  layers: [{ folder: build/app, to: /app }]
  config: { entrypoint: [/app/run], workdir: /app }
  platforms: [linux/amd64, linux/arm64]
tags: ["{{version}}", "{{major}}.{{minor}}", latest]
release:
  github: HagiCode-org/releases
  assets: ["build/hagicode-{{version}}-*.zip"]
mirrors:
  - { from: hub, to: aliyun, tags: { semver: ">=1.0.0", include: [latest] } }
`;
}
