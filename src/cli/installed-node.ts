import { join } from "node:path";

/** Whether a Node runs what the compiler leaves as it is, such as `using`. @param version such as `24.15.0` */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 15);
}

/**
 * Where compiled code is kept for the next start, as bin/slipway keeps it: in a folder that nobody else can write to.
 * @returns nothing where Node's own variable names a folder, or there is no home
 */
export function compiledFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME } = environment;
  if (NODE_COMPILE_CACHE) return undefined;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "slipway/compiled");
  return HOME ? join(HOME, ".cache/slipway/compiled") : undefined;
}
