import { access, readFile } from "node:fs/promises";
import { basename, join, posix, relative, sep } from "node:path";
import picomatch from "picomatch";
import type { DockerfileBuilder } from "../build/index.ts";

/** What makes a builder leave out Slipway's own folder, where it would get it. */
export interface StateInContext {
  /** The file to write to, which may not be there yet. */
  readonly file: string;
  readonly line: string;
}

/**
 * Whether a builder is given what Slipway keeps beside the configuration: each build would then hold those before it.
 * @param state path of that folder
 * @returns what would leave it out; undefined where it is no part of the context, or is left out already
 */
export async function stateInContext(
  builder: Pick<DockerfileBuilder, "with" | "context" | "dockerfile">,
  state: string,
): Promise<StateInContext | undefined> {
  const line = relative(builder.context, state).split(sep).join("/");
  if (line === ".." || line.startsWith("../")) return undefined;
  const file = await ignoreFile(builder);
  const text = await readFile(file, "utf8").catch(() => "");
  return isIgnored(`${line}/layout/index.json`, text) ? undefined : { file, line };
}

/**
 * The file that says what is left out, the first that is there.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 * https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md#files
 */
async function ignoreFile({
  with: builder,
  context,
  dockerfile,
}: Pick<DockerfileBuilder, "with" | "context" | "dockerfile">): Promise<string> {
  const names = builder === "buildah" ? [".containerignore", ".dockerignore"] : [".dockerignore"];
  for (const file of [...names.map((name) => dockerfile + name), ...names.map((name) => join(context, name))]) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return join(context, ".dockerignore");
}

/** By Docker's rules: patterns are of whole paths from the context on, a folder's counts for all in it, the last wins. */
function isIgnored(path: string, text: string): boolean {
  const parts = path.split("/");
  const above = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
  let ignored = false;
  for (const written of text.split("\n").map((line) => line.trim())) {
    if (written === "" || written.startsWith("#")) continue;
    const isException = written.startsWith("!");
    const pattern = posix.normalize(isException ? written.slice(1).trim() : written).replace(/^\/+|\/+$/g, "");
    if (pattern !== "" && isMatched(above, pattern)) {
      ignored = !isException;
    }
  }
  return ignored;
}

function isMatched(paths: readonly string[], pattern: string): boolean {
  const matches = picomatch(pattern, { dot: true, nobrace: true, noextglob: true, nonegate: true });
  return paths.some((path) => matches(path));
}

/** The file as a person in the project's folder would call it. */
export function ignoreFileName({ file }: StateInContext, folder: string): string {
  const path = relative(folder, file);
  return path.startsWith("..") ? file : path || basename(file);
}
