/**
 * Whether images are adapted for a repository, where it refuses some of them.
 * @param prefixes what the names of such repositories begin with: `registry.cn-hangzhou.aliyuncs.com`, `docker.io/library`
 * @param repository its whole name: `docker.io/library/busybox`
 */
export function isAdapting(prefixes: readonly string[], repository: string): boolean {
  return prefixes.some((prefix) => `${repository}/`.startsWith(`${prefix}/`));
}
