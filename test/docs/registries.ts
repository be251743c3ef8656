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

/** The registries that pages speak of, each one of this process. */
export async function startRegistries(tls: { readonly key: string; readonly cert: string }) {
  const names = ["docker.io", "registry.example.com", ...Object.keys(ACCOUNTS)];
  const plain = names.map(async (name) => {
    return [name, await startRegistry({ auth: authOf(name), ...(/aliyuncs/.test(name) && ALIBABA_CLOUD) })] as const;
  });
  const all = new Map<string, TestRegistry>([
    ...(await Promise.all(plain)),
    ["registry.internal:5000", await startRegistry({ tls })] as const,
  ]);
  await publish(all);
  return all;
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
