import type { Environment } from "../target/docker-host.ts";
import { failure } from "../words/error.ts";
import { builderProblems } from "./builder-problems.ts";
import { findDockerfile } from "./dockerfile/dockerfile.ts";
import type { DockerfileBuilder } from "./request.ts";

/** What is wanted of a builder besides the Dockerfile of a folder. */
export type Wishes = Partial<Omit<DockerfileBuilder, "with" | "context">>;

/**
 * The builder for a folder with a Dockerfile, where nobody has said which: docker if it can, else buildah.
 * @throws DOCKERFILE_MISSING; BUILDER_NONE where neither can, with both reasons
 */
export async function chooseBuilder(
  environment: Environment,
  folder: string,
  wishes: Wishes = {},
  signal?: AbortSignal,
): Promise<DockerfileBuilder> {
  const dockerfile = wishes.dockerfile ?? (await findDockerfile(folder));
  const common = { args: {}, platforms: [], ...wishes, context: folder, dockerfile };
  const reasons: Record<DockerfileBuilder["with"], string> = { docker: "", buildah: "" };
  for (const name of ["docker", "buildah"] as const) {
    const builder: DockerfileBuilder = { ...common, with: name };
    const [problem] = await builderProblems(builder, environment, signal);
    if (problem === undefined) return builder;
    reasons[name] = problem.message;
  }
  throw failure("BUILDER_NONE", reasons);
}
