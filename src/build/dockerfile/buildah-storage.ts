import type { Environment } from "../../target/docker-host.ts";
import { type Program, runProgram } from "../programs/run-program.ts";

export const BUILDAH: Program = { name: "buildah", install: "apt-get install buildah" };

/**
 * Removes a manifest list and its images from buildah's storage, without a word where they are not there. Images that
 * have a name stay: they are somebody's who has built the same.
 */
export async function removeBuilt(list: string, environment: Environment): Promise<void> {
  const listed = await quietly(["manifest", "inspect", list], environment);
  if (listed === undefined) return;
  const digests = new Set(listed.match(/sha256:[0-9a-f]{64}/g));
  await quietly(["manifest", "rm", list], environment);
  const format = "--format={{.ID}} {{.Digest}}";
  const nameless = await quietly(["images", "--no-trunc", "--filter=dangling=true", format], environment);
  const images = (nameless ?? "").split("\n").map((line) => line.trim().split(/\s+/));
  const built = images.flatMap(([id = "", digest = ""]) => (digests.has(digest) ? [id] : []));
  if (built.length > 0) await quietly(["rmi", ...built], environment);
}

/** What buildah says; undefined where it fails. */
async function quietly(args: readonly string[], environment: Environment): Promise<string | undefined> {
  const { failed, output } = await runProgram(BUILDAH, args, { environment });
  return failed === undefined ? output : undefined;
}
