import { openOciArchive } from "../../target/oci-archive.ts";
import type { Scratch } from "../../target/scratch.ts";
import { epochSeconds } from "../created.ts";
import { expectSuccess } from "../programs/build-failed.ts";
import { runProgram } from "../programs/run-program.ts";
import type { BuildRequest, DockerfileBuilder } from "../request.ts";
import { assignments, commonArguments, contextArgument } from "./common-arguments.ts";
import type { DockerWay } from "./docker-way.ts";
import { DOCKER } from "./engine.ts";
import { onlyImage, type Produced } from "./produced.ts";

type Buildx = DockerWay & { readonly kind: "buildx" };

/**
 * Builds with BuildKit into an OCI archive. Image manifests get their annotations from BuildKit, because attestations
 * name them by digest; the index gets its own afterwards, because BuildKit refuses an index's annotations where there
 * turns out to be none. https://docs.docker.com/reference/cli/docker/buildx/build/
 * @throws BUILD_FAILED
 */
export async function buildWithBuildx(
  way: Buildx,
  request: BuildRequest<DockerfileBuilder>,
  scratch: Scratch,
): Promise<Produced> {
  const { environment, created, signal, tell } = request;
  const archive = scratch.fresh();
  const ending = await runProgram(DOCKER, buildxArguments(way, request, archive), {
    environment: { ...environment, SOURCE_DATE_EPOCH: String(epochSeconds(created)) },
    ...(signal !== undefined && { signal }),
    onLine: (line) => tell?.({ kind: "output", builder: "buildx", line }),
  });
  expectSuccess("docker buildx", ending);
  const images = await openOciArchive("buildx", archive, scratch.folder);
  const { version, instance } = way;
  const builder = { name: "buildx", version, instance: instance.name, driver: instance.driver } as const;
  return { images, root: await onlyImage(images), builder };
}

export function buildxArguments(
  { instance }: Buildx,
  request: BuildRequest<DockerfileBuilder>,
  archive: string,
): readonly string[] {
  const { builder, labels } = request;
  const annotations = Object.fromEntries(Object.entries(labels).map(([name, value]) => [`manifest:${name}`, value]));
  return [
    ...["buildx", "build", `--builder=${instance.name}`, "--progress=plain"],
    `--output=type=oci,dest=${archive},tar=true`,
    ...commonArguments(request),
    ...assignments("annotation", annotations),
    ...(builder.provenance === undefined ? [] : [`--provenance=${builder.provenance}`]),
    ...(builder.sbom === undefined ? [] : [`--sbom=${builder.sbom}`]),
    ...(builder.cacheFrom ?? []).map((cache) => `--cache-from=${cache}`),
    ...(builder.cacheTo ?? []).map((cache) => `--cache-to=${cache}`),
    contextArgument(builder),
  ];
}
