import { DockerEngine } from "../../target/docker-engine.ts";
import { dockerHost, type Environment } from "../../target/docker-host.ts";
import { asFailure, type SlipwayError } from "../../words/error.ts";
import { type Program, runProgram } from "../programs/run-program.ts";

export const DOCKER: Program = { name: "docker", install: "apt-get install docker.io" };

/** A socket may take the question and never answer. */
const PING_MILLISECONDS = 10_000;

/** What docker says to a question; undefined where it fails. @throws BUILD_PROGRAM_MISSING */
export async function askDocker(
  args: readonly string[],
  environment: Environment,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { failed, output } = await runProgram(DOCKER, args, {
    environment,
    ...(signal !== undefined && { signal }),
  });
  return failed === undefined ? output.trim() : undefined;
}

/**
 * The environment with the engine in it that `docker` talks to: where DOCKER_HOST says nothing, the context's.
 * https://docs.docker.com/engine/manage-resources/contexts/
 * @throws BUILD_PROGRAM_MISSING
 */
export async function withEngine(environment: Environment, signal?: AbortSignal): Promise<Environment> {
  if (environment.DOCKER_HOST) return environment;
  const host = await askDocker(["context", "inspect", "--format={{.Endpoints.docker.Host}}"], environment, signal);
  return host ? { ...environment, DOCKER_HOST: host } : environment;
}

/** Why the engine of an environment does not answer; undefined where it does. */
export async function engineProblem(environment: Environment, signal?: AbortSignal): Promise<SlipwayError | undefined> {
  const patience = AbortSignal.timeout(PING_MILLISECONDS);
  try {
    const engine = new DockerEngine(await dockerHost(environment));
    await engine.ping(signal === undefined ? patience : AbortSignal.any([patience, signal]));
    return undefined;
  } catch (thrown) {
    signal?.throwIfAborted();
    return asFailure(thrown);
  }
}
