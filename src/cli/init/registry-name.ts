/** What registries are called in `registries:`, by their hosts. */
const NAMES: readonly (readonly [host: RegExp, name: string])[] = [
  [/^docker\.io$/, "docker-hub"],
  [/^ghcr\.io$/, "ghcr"],
  [/^quay\.io$/, "quay"],
  [/^registry\.gitlab\.com$/, "gitlab"],
  [/\.azurecr\.(?:io|cn|us)$/, "azure"],
  [/\.aliyuncs\.com$/, "aliyun"],
  [/\.amazonaws\.com(?:\.cn)?$/, "ecr"],
  [/^(?:.*\.)?gcr\.io$|-docker\.pkg\.dev$/, "google"],
  [/\.myhuaweicloud\.com$/, "huawei"],
  [/\.tencentyun\.com$|\.tencentcloudcr\.com$/, "tencent"],
];

/** A name for a registry that none of the taken ones is. @param registry as written: a host, perhaps from a variable */
export function registryName(registry: string, taken: readonly string[]): string {
  const host = registry.replace(/:\d+$/, "");
  const known = NAMES.find(([pattern]) => pattern.test(host))?.[1];
  const name =
    known ??
    (host
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") ||
      "registry");
  let free = name;
  for (let count = 2; taken.includes(free); count += 1) free = `${name}-${count}`;
  return free;
}

/** Whether nobody logs in there. */
export function isLocal(registry: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(registry);
}

/** `azure` → `AZURE_USERNAME` */
export function variableOf(name: string, of: "USERNAME" | "PASSWORD"): string {
  const variable = `${name.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}_${of}`;
  return /^\d/.test(variable) ? `REGISTRY_${variable}` : variable;
}
