import type { Environment } from "../../target/docker-host.ts";
import { asFailure, failure, type SlipwayError } from "../../words/error.ts";
import type { DockerfileBuilder } from "../request.ts";
import { beyond } from "./beyond.ts";
import { type BuildxInstance, exportingInstance } from "./buildx-instance.ts";
import { askDocker, engineProblem, withEngine } from "./engine.ts";

/** How docker builds here. */
export type DockerWay =
  | { readonly kind: "buildx"; readonly version: string; readonly instance: BuildxInstance }
  | { readonly kind: "engine"; readonly environment: Environment };

/** A way to build, or what is in its way. */
export type Prospect<Way> = { readonly way: Way } | { readonly problems: readonly SlipwayError[] };

/** Drivers whose BuildKit runs somewhere else than in the engine. */
const ELSEWHERE = ["kubernetes", "remote", "cloud"];

/**
 * Finds out how docker can build: buildx where it is there, else the engine's own builder, which knows one platform, no
 * attestations and no cache elsewhere. Builds nothing.
 */
export async function dockerWay(
  builder: DockerfileBuilder,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Prospect<DockerWay>> {
  try {
    const version = await askDocker(["buildx", "version"], environment, signal);
    const engine = await withEngine(environment, signal);
    const absent = await engineProblem(engine, signal);
    return version === undefined
      ? ownWay(builder, engine, absent)
      : await buildxWay(versionOf(version), environment, absent, signal);
  } catch (thrown) {
    signal?.throwIfAborted();
    return { problems: [asFailure(thrown)] };
  }
}

async function buildxWay(
  version: string,
  environment: Environment,
  absent: SlipwayError | undefined,
  signal?: AbortSignal,
): Promise<Prospect<DockerWay>> {
  const instance = await exportingInstance(environment, signal).catch((thrown) => {
    // Without an engine buildx knows nothing of its instances, so that is the one problem.
    throw absent ?? thrown;
  });
  if (absent !== undefined && !ELSEWHERE.includes(instance.driver)) return { problems: [absent] };
  return { way: { kind: "buildx", version, instance } };
}

function ownWay(
  builder: DockerfileBuilder,
  environment: Environment,
  absent: SlipwayError | undefined,
): Prospect<DockerWay> {
  const wishes = [...(builder.platforms.length > 1 ? ["build for several platforms"] : []), ...beyond(builder)];
  const problems = [
    ...(absent === undefined ? [] : [absent]),
    ...wishes.map((what) => failure("BUILDER_CANNOT", { builder: "the Docker engine without buildx", what })),
  ];
  return problems.length > 0 ? { problems } : { way: { kind: "engine", environment } };
}

/** `github.com/docker/buildx v0.12.1 30feaa1` */
function versionOf(text: string): string {
  return /\bv?\d+\.\d+\.\d+\S*/.exec(text)?.[0] ?? text;
}
