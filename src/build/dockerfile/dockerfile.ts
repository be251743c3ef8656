import { stat } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "../../words/error.ts";
import type { DockerfileBuilder } from "../request.ts";

/** The names that builders look for, the usual one first. */
const NAMES = ["Dockerfile", "Containerfile"];

/** The Dockerfile of a folder, as a path. @throws DOCKERFILE_MISSING */
export async function findDockerfile(folder: string): Promise<string> {
  for (const name of NAMES) if (await isFile(join(folder, name))) return join(folder, name);
  throw failure("DOCKERFILE_MISSING", { path: join(folder, "Dockerfile") });
}

/** @throws DOCKERFILE_MISSING, CONTEXT_MISSING */
export async function expectDockerfile({ context, dockerfile }: DockerfileBuilder): Promise<void> {
  const isFolder = await stat(context).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder) throw failure("CONTEXT_MISSING", { path: context });
  if (!(await isFile(dockerfile))) throw failure("DOCKERFILE_MISSING", { path: dockerfile });
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}
