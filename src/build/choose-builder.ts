import type { Environment } from "../target/docker-host.ts";
import { type ErrorCode, failure, type SlipwayError } from "../words/error.ts";
import { builderProblems } from "./builder-problems.ts";
import { findDockerfile } from "./dockerfile/dockerfile.ts";
import type { DockerfileBuilder } from "./request.ts";

/** What is wanted of a builder besides the Dockerfile of a folder. */
export type Wishes = Partial<Omit<DockerfileBuilder, "with" | "context">>;

/** That a program or an engine is not there; other problems are of one that is. */
const ABSENCES: readonly ErrorCode[] = ["BUILD_PROGRAM_MISSING", "DAEMON_UNREACHABLE", "DAEMON_ANSWER"];

/**
 * The builder for a folder with a Dockerfile, where nobody has said which: docker if it can, else buildah.
 * @throws DOCKERFILE_MISSING; BUILDER_NONE where there is neither, with both reasons; what is wrong with the one there is
 */
export async function chooseBuilder(
  environment: Environment,
  folder: string,
  wishes: Wishes = {},
  signal?: AbortSignal,
): Promise<DockerfileBuilder> {
  const dockerfile = wishes.dockerfile ?? (await findDockerfile(folder));
  const common = { args: {}, platforms: [], ...wishes, context: folder, dockerfile };
  const reasons = { docker: "", buildah: "" };
  let faulty: SlipwayError | undefined;
  for (const name of ["docker", "buildah"] as const) {
    const builder: DockerfileBuilder = { ...common, with: name };
    const [problem] = await builderProblems(builder, environment, signal);
    if (problem === undefined) return builder;
    if (!ABSENCES.includes(problem.code)) faulty ??= problem;
    reasons[name] = problem.message;
  }
  throw faulty ?? failure("BUILDER_NONE", reasons);
}
