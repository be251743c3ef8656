import { accessSync, constants, globSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runCommand } from "./command.ts";
import type { Section } from "./section.ts";

/** The real servers and clients that tests meet, by command, and the Debian package of each. */
const PACKAGES: Readonly<Record<string, string>> = {
  "docker-registry": "docker-registry",
  skopeo: "skopeo",
  buildah: "buildah",
  dockerd: "docker.io",
  nginx: "nginx",
  htpasswd: "apache2-utils",
  openssl: "openssl",
  tinyproxy: "tinyproxy",
  git: "git",
  chromium: "chromium",
  "docker-compose": "docker-compose",
  initdb: "postgresql",
  "systemd-analyze": "systemd",
};

/** Servers live here, and this is not on everybody's PATH. Debian keeps each version of PostgreSQL in a folder of its own. */
const SERVER_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/lib/postgresql/*/bin"];

/** Installs the Debian packages that tests need and this machine lacks; fails with the command when it may not. */
export function toolsSection(isRoot = process.getuid?.() === 0): Section {
  return {
    name: "tools",
    run: async () => {
      const path = process.env.PATH ?? "";
      const findServers = () => {
        process.env.PATH = [path, ...SERVER_FOLDERS.flatMap((folder) => globSync(folder))].join(delimiter);
      };
      findServers();
      const problem = await installMissing(isRoot, findServers);
      console.log(problem === undefined ? `✔ ${Object.keys(PACKAGES).join(" ")}` : "✖ something is missing");
      return { passed: 0, failures: problem === undefined ? [] : [{ title: "tools of the tests", detail: problem }] };
    },
  };
}

/** @returns why a tool is still missing, and what to do about it; nothing when all are there. */
async function installMissing(isRoot: boolean, findServers: () => void): Promise<string | undefined> {
  const packages = missingPackages();
  if (packages.length === 0) return undefined;
  const install = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages.join(" ")}`;
  if (!isOnPath("apt-get")) return `this is not Debian; install what it calls ${packages.join(" ")}`;
  if (!isRoot) return `only root may install packages; run:\nsudo sh -c '${install}'`;
  console.log(install);
  // Tests start their own servers on their own ports: at run level 1, Debian starts none of the packages' services.
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const { ok, output } = await runCommand(install, environment);
  findServers();
  if (ok && missingPackages().length === 0) return undefined;
  return `this did not bring ${missingPackages().join(" ")}: ${install}\n${output}`;
}

function missingPackages(): readonly string[] {
  return Object.entries(PACKAGES).flatMap(([command, name]) => (isOnPath(command) ? [] : [name]));
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
