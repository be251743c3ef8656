/** A source tree → an image in an OCI layout, built once. */
export { build } from "./build.ts";
export { builderProblems } from "./builder-problems.ts";
export { chooseBuilder, type Wishes } from "./choose-builder.ts";
export { findDockerfile } from "./dockerfile/dockerfile.ts";
export type { Healthcheck, ImageSettings } from "./layers/image-config.ts";
export type {
  BaseImage,
  BuildEvent,
  Builder,
  BuilderFacts,
  BuildRequest,
  Built,
  DockerfileBuilder,
  LayerSource,
  LayersBuilder,
  Owner,
} from "./request.ts";
