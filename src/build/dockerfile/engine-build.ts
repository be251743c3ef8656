import { openDockerDaemon } from "../../target/docker-daemon.ts";
import type { Scratch } from "../../target/scratch.ts";
import { expectSuccess } from "../programs/build-failed.ts";
import { runProgram } from "../programs/run-program.ts";
import type { BuildRequest, DockerfileBuilder } from "../request.ts";
import { commonArguments, contextArgument } from "./common-arguments.ts";
import type { DockerWay } from "./docker-way.ts";
import { askDocker, DOCKER } from "./engine.ts";
import { onlyImage, type Produced } from "./produced.ts";
import { workName } from "./work-name.ts";

/**
 * Builds with the builder that is part of the Docker engine, for one platform, and reads the image back from the engine.
 * This builder writes the time of the build into the image, so the digest is another each time. Its cache stays.
 * https://docs.docker.com/reference/cli/docker/build-legacy/
 * @throws BUILD_FAILED, DAEMON_UNREACHABLE, DAEMON_ANSWER
 */
export async function buildInEngine(
  way: DockerWay & { readonly kind: "engine" },
  request: BuildRequest<DockerfileBuilder>,
  scratch: Scratch,
): Promise<Produced> {
  const { environment } = way;
  const { signal, tell } = request;
  const name = workName(request);
  const args = ["build", ...commonArguments(request), `--tag=${name}`, contextArgument(request.builder)];
  try {
    const ending = await runProgram(DOCKER, args, {
      environment: { ...environment, DOCKER_BUILDKIT: "0" },
      ...(signal !== undefined && { signal }),
      onLine: (line) => tell?.({ kind: "output", builder: "docker", line }),
    });
    expectSuccess("docker build", ending);
    const images = await openDockerDaemon("docker build", name, { temporaryFolder: scratch.folder, environment });
    const version = (await askDocker(["version", "--format={{.Server.Version}}"], environment, signal)) ?? "unknown";
    return { images, root: await onlyImage(images), builder: { name: "docker", version } };
  } finally {
    // The layers below have no name, and are what the next build need not do again.
    await askDocker(["image", "rm", "--no-prune", name], environment).catch(() => {});
  }
}
