import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { makePackage } from "../../scripts/package/make-package.ts";
import { makeTarball } from "../../scripts/package/make-tarball.ts";

const execute = promisify(execFile);

/** The npm package as somebody has it who installed it. */
export interface Installed {
  /** What was packed. */
  readonly packed: string;
  readonly tarball: string;
  /** Where npm was called. */
  readonly folder: string;
  /** `slipway`, where npm puts it. */
  readonly command: string;
}

/**
 * Packs the checkout, and has npm install the tarball into an empty folder, whose lockfile holds the versions of the
 * package's own: another day's versions are another test's.
 */
export async function installPackage(root: string): Promise<Installed> {
  const [packed, folder] = [join(root, "package"), join(root, "installed")];
  await makePackage(packed);
  const tarball = await makeTarball(packed, root);
  await mkdir(folder);
  const { name, version, packages } = JSON.parse(await readFile(join(packed, "npm-shrinkwrap.json"), "utf8"));
  const own = { private: true, type: "module", dependencies: { [name]: `file:../${basename(tarball)}` } };
  const { "": entry, ...others } = packages;
  const [resolved] = Object.values(own.dependencies);
  const lock = {
    lockfileVersion: 3,
    packages: { "": own, [`node_modules/${name}`]: { ...entry, version, resolved }, ...others },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(own));
  await writeFile(join(folder, "package-lock.json"), JSON.stringify(lock));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await execute("npm", ["ci", "--omit=dev", "--ignore-scripts", ...quiet], { cwd: folder });
  return { packed, tarball, folder, command: join(folder, "node_modules/.bin", name) };
}
