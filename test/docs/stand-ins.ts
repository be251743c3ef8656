import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../house/sources.ts";
import { SLIPWAY } from "../support/command.ts";
import { ACCOUNTS } from "./registries.ts";

/** What pages call besides Slipway, and what no test may reach: the network, the user's own logins. */
const SCRIPTS: Readonly<Record<string, string>> = {
  git: `[ "$1" = clone ] && { [ $# -eq 3 ] || exit 64; exec ln -s "${ROOT}" "$3"; }\nexec /usr/bin/git "$@"`,
  npm: `[ "$*" = ci ] && exec test -f package-lock.json
[ "$1 \${2:-} \${3:-}" = "ci --omit=dev --prefix" ] && exec test -f "$4/package-lock.json"
[ "$1" = run ] && { script=$2; shift 2; [ "\${1:-}" = -- ] && shift; exec sh scripts/run.sh "scripts/$script.ts" "$@"; }
exit 64`,
  docker: `[ "$1 $3 $5" = "login --username --password-stdin" ] || exit 64
mkdir -p "$HOME/.docker"
auth=$(printf '%s:%s' "$4" "$(cat)" | base64 -w0)
printf '{ "auths": { "%s": { "auth": "%s" } } }' "$2" "$auth" > "$HOME/.docker/config.json"
echo "Login Succeeded"`,
  "docker-credential-secretservice": `server=$(cat)
printf '{ "ServerURL": "%s", "Username": "%s", "Secret": "%s" }' "$server" ${ACCOUNTS["ghcr.io"]?.join(" ")}`,
};

/** Makes a folder of programs for PATH: Slipway itself, and stand-ins for what the machine would have. */
export async function standIns(folder: string): Promise<string> {
  await mkdir(folder);
  await symlink(SLIPWAY, join(folder, "slipway"));
  await symlink(process.execPath, join(folder, "node"));
  for (const [name, script] of Object.entries(SCRIPTS)) {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\nset -eu\n${script}\n`);
    await chmod(file, 0o755);
  }
  return folder;
}
