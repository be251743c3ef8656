import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleCommand, COMMAND_ENTRY } from "../package/bundle.ts";
import type { Section } from "./section.ts";

/** Names the command that tests and measurements start, for the processes that run them. */
export const COMMAND_VARIABLE = "SLIPWAY_UNDER_TEST";

/** Below the checkout, whose package.json and pages it finds as it would in the package. */
const BUILT = join(import.meta.dirname, "../../node_modules/.cache/slipway-command");
const DAY = 24 * 3_600_000;

/**
 * Builds the command as the package has it, and a launcher for the Node that runs this. What is there already is not
 * touched: others may be running it.
 * @returns the launcher's path
 */
export async function buildCommand(): Promise<string> {
  await mkdir(BUILT, { recursive: true });
  await removeOld();
  const fresh = await mkdtemp(join(BUILT, "fresh-"));
  await bundleCommand(fresh);
  const folder = join(BUILT, await hashOf(fresh));
  await writeFile(join(fresh, "slipway"), launcher(join(folder, COMMAND_ENTRY)), { mode: 0o755 });
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
  return join(folder, "slipway");
}

/** The command that a run of all tests has built, or one that is built now. */
export async function builtCommand(): Promise<string> {
  return process.env[COMMAND_VARIABLE] ?? (await buildCommand());
}

/** Builds it for all that runs afterwards. It is no test of its own: what it makes is tested. */
export function commandSection(): Section {
  return {
    name: "command",
    run: async () => {
      try {
        process.env[COMMAND_VARIABLE] = await builtCommand();
        return { passed: 0, failures: [] };
      } catch (error) {
        return { passed: 0, failures: [{ title: "the command as the package has it", detail: String(error) }] };
      }
    },
  };
}

/** Becomes Node: a signal to it is one to the command. */
function launcher(entry: string): string {
  return `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`;
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash("sha256").update(process.execPath);
  for (const file of (await readdir(folder)).sort()) hash.update(file).update(await readFile(join(folder, file)));
  return hash.digest("hex").slice(0, 16);
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(BUILT)) {
    const found = await stat(join(BUILT, name)).catch(() => undefined); // another may be building, too
    if (found !== undefined && Date.now() - found.mtimeMs > DAY)
      await rm(join(BUILT, name), { recursive: true, force: true });
  }
}
