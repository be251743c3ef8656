import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where `docker login`, `podman login` and `skopeo login` leave credentials, first to be asked first:
 *
 * 1. `$REGISTRY_AUTH_FILE`, because someone named it;
 * 2. `$DOCKER_CONFIG/config.json`, or `~/.docker/config.json`;
 * 3. `$XDG_RUNTIME_DIR/containers/auth.json`, or `/run/containers/<uid>/auth.json`;
 * 4. `$XDG_CONFIG_HOME/containers/auth.json`, or `~/.config/containers/auth.json`.
 *
 * Skopeo asks Docker's file last; here it comes before containers' own, as with docker, crane and oras.
 * https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
export function dockerConfigPaths(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = env.HOME || homedir();
  const runtime = env.XDG_RUNTIME_DIR
    ? join(env.XDG_RUNTIME_DIR, "containers")
    : join("/run/containers", String(process.getuid?.() ?? 0));
  const paths = [
    join(env.DOCKER_CONFIG || join(home, ".docker"), "config.json"),
    join(runtime, "auth.json"),
    join(env.XDG_CONFIG_HOME || join(home, ".config"), "containers/auth.json"),
  ];
  return env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE, ...paths] : paths;
}
