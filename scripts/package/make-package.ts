import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleCommand } from "./bundle.ts";
import { compile } from "./compile.ts";
import {
  COMMAND_FOLDER,
  entriesOf,
  LAUNCHER,
  type Lock,
  type Manifest,
  publishedManifest,
  shrinkwrap,
} from "./manifest.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Files and folders that the package has as the checkout has them; the pages are what `npm run web` made. */
const KEPT = ["LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md", "docs", "schema", "web/dist"];

/**
 * Makes the folder of the npm package: the command in few files, the doors as JavaScript with declarations,
 * pages. Node takes no types out below node_modules.
 */
export async function makePackage(folder: string): Promise<void> {
  const manifest = await readJson<Manifest>("package.json");
  await compile(entriesOf(manifest), folder);
  await bundleCommand(join(folder, COMMAND_FOLDER));
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin/slipway"), LAUNCHER, { mode: 0o755 });
  for (const path of KEPT) await cp(join(ROOT, path), join(folder, path), { recursive: true });
  // The compiler has put the checkout's own there, for the version.
  await writeJson(join(folder, "package.json"), publishedManifest(manifest));
  await writeJson(join(folder, "npm-shrinkwrap.json"), shrinkwrap(manifest, await readJson<Lock>("package-lock.json")));
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(join(ROOT, file), "utf8"));
}

async function writeJson(file: string, content: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
