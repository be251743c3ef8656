import type { PlatformFilter } from "../../oci/platform.ts";
import type { Scratch } from "../../target/scratch.ts";
import { failure } from "../../words/error.ts";
import { annotatedTree } from "../annotate.ts";
import { arrive } from "../arrive.ts";
import type { BuildRequest, Built, DockerfileBuilder } from "../request.ts";
import { buildahWay, buildWithBuildah } from "./buildah.ts";
import { buildWithBuildx } from "./buildx.ts";
import { dockerWay, type Prospect } from "./docker-way.ts";
import { expectDockerfile } from "./dockerfile.ts";
import { buildInEngine } from "./engine-build.ts";
import { madePlatforms } from "./made-platforms.ts";
import type { Produced } from "./produced.ts";

/**
 * Lets docker or buildah build a Dockerfile, and brings what it has built into the layout.
 * @throws DOCKERFILE_MISSING, CONTEXT_MISSING, BUILD_PROGRAM_MISSING, BUILDER_CANNOT, BUILDX_CANNOT_EXPORT,
 * DAEMON_UNREACHABLE before anything is built; BUILD_FAILED, BUILD_PLATFORMS_WRONG
 */
export async function buildDockerfile(request: BuildRequest<DockerfileBuilder>, scratch: Scratch): Promise<Built> {
  await expectDockerfile(request.builder);
  const { images, root, builder } = await produce(request, scratch);
  try {
    const platforms: readonly PlatformFilter[] = request.builder.platforms;
    const tree = await annotatedTree(images, root, request.labels, platforms);
    const made = await madePlatforms(images, tree, builder.name, platforms);
    await arrive(images, tree, request);
    return { descriptor: tree.root.descriptor, platforms: made, builder };
  } finally {
    await images.close();
  }
}

async function produce(request: BuildRequest<DockerfileBuilder>, scratch: Scratch): Promise<Produced> {
  const { builder, environment, signal } = request;
  if (builder.with === "buildah") {
    return buildWithBuildah(wayOf(await buildahWay(builder, environment, signal)), request, scratch);
  }
  const way = wayOf(await dockerWay(builder, environment, signal));
  return way.kind === "buildx" ? buildWithBuildx(way, request, scratch) : buildInEngine(way, request, scratch);
}

function wayOf<Way>(prospect: Prospect<Way>): Way {
  if ("way" in prospect) return prospect.way;
  throw prospect.problems[0] ?? failure("UNEXPECTED", { reason: "no way to build, and no reason" });
}
