import { childrenOf, parseManifest } from "../../oci/manifest.ts";
import type { Environment } from "../../target/docker-host.ts";
import { folderFiles } from "../../target/layout-files.ts";
import { LayoutReader } from "../../target/layout-reader.ts";
import type { Scratch } from "../../target/scratch.ts";
import { asFailure, failure } from "../../words/error.ts";
import { epochSeconds } from "../created.ts";
import { expectSuccess } from "../programs/build-failed.ts";
import { runProgram } from "../programs/run-program.ts";
import type { BuildRequest, DockerfileBuilder } from "../request.ts";
import { beyond } from "./beyond.ts";
import { BUILDAH, removeBuilt } from "./buildah-storage.ts";
import { commonArguments, contextArgument } from "./common-arguments.ts";
import type { Prospect } from "./docker-way.ts";
import { onlyImage, type Produced } from "./produced.ts";
import { workName } from "./work-name.ts";

export interface BuildahWay {
  readonly version: string;
}

/** Finds out whether buildah can build this here. Builds nothing. */
export async function buildahWay(
  builder: DockerfileBuilder,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Prospect<BuildahWay>> {
  const problems = beyond(builder).map((what) => failure("BUILDER_CANNOT", { builder: "buildah", what }));
  try {
    const { failed, output, lastLines } = await runProgram(BUILDAH, ["--version"], {
      environment,
      ...(signal !== undefined && { signal }),
    });
    if (failed !== undefined) expectSuccess("buildah", { failed, output, lastLines });
    if (problems.length > 0) return { problems };
    return { way: { version: /\d+\.\d+\S*/.exec(output)?.[0] ?? output.trim() } };
  } catch (thrown) {
    signal?.throwIfAborted();
    return { problems: [asFailure(thrown), ...problems] };
  }
}

/**
 * Builds with buildah into its storage, for each platform one image of a manifest list, and pushes that into a folder.
 * Base images stay in the storage for the next build, what was built goes.
 *
 * `--layers` would keep steps as well, but buildah 1.28 takes another platform's step for the same as its own where a
 * stage is `FROM scratch`, and the list then holds an image for the wrong platform.
 * https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md
 * @throws BUILD_FAILED
 */
export async function buildWithBuildah(
  way: BuildahWay,
  request: BuildRequest<DockerfileBuilder>,
  scratch: Scratch,
): Promise<Produced> {
  const { environment, signal, tell } = request;
  const name = workName(request);
  const folder = scratch.fresh();
  const run = async (args: readonly string[]) => {
    const ending = await runProgram(BUILDAH, args, {
      environment,
      ...(signal !== undefined && { signal }),
      onLine: (line) => tell?.({ kind: "output", builder: "buildah", line }),
    });
    expectSuccess("buildah", ending);
  };
  // `build` adds to a list of that name, and a killed build may have left one.
  await removeBuilt(name, environment);
  try {
    await run(buildahArguments(request, name));
    await run(["manifest", "push", "--all", "--quiet", name, `oci:${folder}:built`]);
    const images = new LayoutReader("buildah", folderFiles(folder));
    await images.check();
    const list = await onlyImage(images);
    const children = childrenOf(parseManifest(await images.manifest(list)));
    // One image needs no list around it.
    const root = children.length === 1 ? (children[0]?.digest ?? list) : list;
    return { images, root, builder: { name: "buildah", version: way.version } };
  } finally {
    await removeBuilt(name, environment);
  }
}

export function buildahArguments(request: BuildRequest<DockerfileBuilder>, name: string): readonly string[] {
  return [
    ...["build", "--layers=false", "--force-rm", "--format=oci", "--identity-label=false"],
    `--timestamp=${epochSeconds(request.created)}`,
    ...commonArguments(request),
    `--manifest=${name}`,
    contextArgument(request.builder),
  ];
}
