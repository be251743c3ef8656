import type { Descriptor } from "../oci/descriptor.ts";
import type { Platform, PlatformFilter } from "../oci/platform.ts";
import type { Environment } from "../target/docker-host.ts";
import type { LayoutTarget } from "../target/layout.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";
import type { ImageSettings } from "./layers/image-config.ts";

/** What is built, and where the result goes. */
export interface BuildRequest<B extends Builder = Builder> {
  readonly builder: B;
  /** In the image's configuration, and as annotations on its manifests and its index. */
  readonly labels: Readonly<Record<string, string>>;
  /** The commit's date, never now: the same input then gives the same digest. Whole seconds count. */
  readonly created: Date;
  /** Where the result goes. The caller closes it: what was written is durable then. */
  readonly layout: LayoutTarget;
  /** The result's name there. It is put last: a build that is killed leaves no tag. */
  readonly tag: string;
  /** Where temporary files may be; they go away. */
  readonly temporaryFolder: string;
  /** What builders run with: PATH, DOCKER_HOST, BUILDAH_ISOLATION and their like. */
  readonly environment: Environment;
  readonly signal?: AbortSignal;
  readonly tell?: (event: BuildEvent) => void;
}

export type Builder = DockerfileBuilder | LayersBuilder;

/** A Dockerfile and a program that understands it. */
export interface DockerfileBuilder {
  readonly with: "docker" | "buildah";
  /** Folder whose files the Dockerfile may copy. */
  readonly context: string;
  /** Path of the Dockerfile, in the context or anywhere else. */
  readonly dockerfile: string;
  /** The stage that is wanted. Default: the last. */
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
  /** None: what the builder takes for its own. */
  readonly platforms: readonly PlatformFilter[];
  /** As buildx's `--cache-from`, `--cache-to`, `--provenance` and `--sbom` take them; only buildx can. */
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  readonly provenance?: string;
  readonly sbom?: boolean;
}

/** Folders and files on top of a base image: no daemon, and the same bytes from the same input on any machine. */
export interface LayersBuilder {
  readonly with: "layers";
  readonly from: "scratch" | BaseImage;
  readonly layers: readonly LayerSource[];
  readonly config: ImageSettings;
  /** None: all of the base image's; for scratch this machine's. */
  readonly platforms: readonly PlatformFilter[];
}

/** An image that is opened for reading. */
export interface BaseImage {
  readonly target: ReadTarget;
  readonly reference: TagOrDigest;
}

/**
 * What one layer holds: all that is in a folder, or one file. `to` is an absolute path in the image; a file's `to` that
 * ends with a slash is the folder that it goes into.
 */
export type LayerSource = { readonly to: string; readonly owner?: Owner } & (
  | { readonly folder: string }
  | { readonly file: string }
);

/** Who owns the files, by numbers. Default: 0 and 0, root. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** What happens during a build. */
export type BuildEvent =
  | { readonly kind: "output"; readonly builder: BuilderFacts["name"]; readonly line: string }
  | { readonly kind: "layer"; readonly to: string; readonly platform: Platform; readonly descriptor: Descriptor };

/** What was built. */
export interface Built {
  /** The manifest, or the index where there are several platforms or attestations. */
  readonly descriptor: Descriptor;
  readonly platforms: readonly Platform[];
  readonly builder: BuilderFacts;
}

/** Who has built. */
export type BuilderFacts =
  | { readonly name: "buildx"; readonly version: string; readonly instance: string; readonly driver: string }
  | { readonly name: "docker"; readonly version: string }
  | { readonly name: "buildah"; readonly version: string }
  | { readonly name: "layers" };
