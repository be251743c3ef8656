import { join } from "node:path";
import { runCommand } from "../support/command.ts";

/** Packs a package's folder. @returns the path of the tarball. @throws with what npm said */
export async function makeTarball(packageFolder: string, into: string): Promise<string> {
  const { ok, output } = await runCommand(`npm pack '${packageFolder}' --pack-destination '${into}' --silent`);
  if (!ok) throw new Error(`npm pack failed:\n${output}`);
  return join(into, output.trim());
}
