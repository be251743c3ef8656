import { resolve } from "node:path";
import type { BuildRequest, DockerfileBuilder } from "../request.ts";
import { platformNames } from "./platform-names.ts";

/**
 * The arguments that docker, buildx and buildah all take, without the context, which comes last. Each is one word with
 * its value, so that no value can be taken for an argument.
 */
export function commonArguments({ builder, labels }: BuildRequest<DockerfileBuilder>): readonly string[] {
  const platforms = platformNames(builder.platforms);
  return [
    `--file=${resolve(builder.dockerfile)}`,
    ...(builder.target === undefined ? [] : [`--target=${builder.target}`]),
    ...(platforms === undefined ? [] : [`--platform=${platforms}`]),
    ...assignments("build-arg", builder.args),
    ...assignments("label", labels),
  ];
}

/** `--label=NAME=value` for each, by name. */
export function assignments(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(values)
    .sort()
    .map((name) => `--${flag}=${name}=${values[name]}`);
}

/** The folder that a Dockerfile copies from, as it cannot be taken for an argument or an address. */
export function contextArgument({ context }: DockerfileBuilder): string {
  return resolve(context);
}
