import type { Environment } from "../target/docker-host.ts";
import type { SlipwayError } from "../words/error.ts";
import { buildahWay } from "./dockerfile/buildah.ts";
import { dockerWay } from "./dockerfile/docker-way.ts";
import type { Builder } from "./request.ts";

/**
 * What this machine lacks for a builder: its program, an engine that answers, buildx for what is asked for. Nothing is
 * built or written. Files are not looked at: an earlier step may be what brings them.
 */
export async function builderProblems(
  builder: Builder,
  environment: Environment,
  signal?: AbortSignal,
): Promise<readonly SlipwayError[]> {
  if (builder.with === "layers") return [];
  const prospect = await (builder.with === "docker" ? dockerWay : buildahWay)(builder, environment, signal);
  return "problems" in prospect ? prospect.problems : [];
}
