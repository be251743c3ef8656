import {
  type Auth,
  attestationOf,
  cosignSignature,
  cosignTag,
  indexOf,
  type RegistryOptions,
  randomImage,
  randomIndex,
  startRegistry,
  type TestRegistry,
} from "../../src/testing/index.ts";

const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

/** Who may log in where, as the pages' variables have it. */
export const ACCOUNTS: Readonly<Record<string, readonly [username: string, password: string]>> = {
  "hagicode.azurecr.io": ["azure-user", "azure-canary"],
  "registry.cn-hangzhou.aliyuncs.com": ["aliyun-user", "aliyun-canary"],
  "ghcr.io": ["octocat", "ghcr-canary"],
};

/** Alibaba Cloud's registries do not take BuildKit's attestations. */
const ALIBABA_CLOUD: RegistryOptions = { refuses: ["artifacts"] };

interface Standing {
  readonly options: RegistryOptions;
  registry: TestRegistry;
  isUp: boolean;
}

/** The registries that pages speak of, each one of this process. */
export class Registries implements AsyncDisposable {
  readonly #all: ReadonlyMap<string, Standing>;

  private constructor(all: ReadonlyMap<string, Standing>) {
    this.#all = all;
  }

  static async start(tls: NonNullable<RegistryOptions["tls"]>): Promise<Registries> {
    const names = ["docker.io", "registry.example.com", ...Object.keys(ACCOUNTS)];
    const wanted = [
      ...names.map((name) => [name, optionsOf(name)] as const),
      ["registry.internal:5000", { tls }] as const,
    ];
    const started = wanted.map(async ([name, options]) => {
      return [name, { options, registry: await startRegistry(options), isUp: true }] as const;
    });
    const registries = new Registries(new Map<string, Standing>(await Promise.all(started)));
    await publish(new Map([...registries.#all].map(([name, { registry }]) => [name, registry])));
    return registries;
  }

  /** Where the registries really are, by the names that pages use. */
  get hosts(): ReadonlyMap<string, string> {
    return new Map([...this.#all].map(([name, { registry }]) => [name, registry.host]));
  }

  /** Ends a registry, or starts it again, empty, where it was. */
  async turn(name: string, state: "down" | "up"): Promise<void> {
    const standing = this.#all.get(name);
    if (standing === undefined) throw new Error(`${name} is no registry of the pages`);
    standing.isUp = state === "up";
    if (state === "down") return standing.registry.close();
    const port = Number(new URL(standing.registry.origin).port);
    standing.registry = await startRegistry({ ...standing.options, port });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const up = [...this.#all.values()].filter(({ isUp }) => isUp);
    await Promise.all(up.map(({ registry }) => registry.close()));
  }
}

function optionsOf(name: string): RegistryOptions {
  return { auth: authOf(name), ...(/aliyuncs/.test(name) && ALIBABA_CLOUD) };
}

function authOf(name: string): Auth {
  const account = ACCOUNTS[name];
  if (account === undefined) return { kind: "none" };
  return { kind: "token", expiresInSeconds: 60, users: Object.fromEntries([account]) };
}

async function publish(registries: ReadonlyMap<string, TestRegistry>): Promise<void> {
  const hub = registries.get("docker.io");
  for (const tag of ["1.0.0", "1.1.0", "1.2.0-rc.1"]) {
    await hub?.put("newbe36524/hagicode", await randomIndex({ seed: `hagicode ${tag}`, platforms: PLATFORMS }), tag);
  }
  const latest = await randomIndex({ seed: "hagicode 1.1.0", platforms: PLATFORMS });
  await hub?.put("newbe36524/hagicode", latest, "latest");
  await hub?.put("newbe36524/hagicode", cosignSignature(latest.root), cosignTag(latest.root));
  const versions = { busybox: ["1.36", "1.37"], alpine: ["3.20", "3.21", "3.22", "edge"], nginx: ["1.27", "1.28"] };
  for (const [name, tags] of Object.entries(versions)) {
    for (const tag of tags) {
      await hub?.put(`library/${name}`, await randomIndex({ seed: `${name} ${tag}`, platforms: PLATFORMS }), tag);
    }
  }
  const redis = await randomImage({ seed: "redis" });
  await hub?.put("library/redis", indexOf([redis, attestationOf(redis.root, { seed: "redis" })]), "8");
  await registries.get("ghcr.io")?.put("team/tool", await randomImage({ seed: "tool" }), "v1");
  await registries.get("registry.internal:5000")?.put("team/app", await randomImage({ seed: "app" }), "v1");
}
