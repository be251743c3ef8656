import * as z from "zod";
import type { Digest } from "../oci/digest.ts";
import { parseManifest } from "../oci/manifest.ts";
import { collect } from "../target/bytes.ts";
import type { ReadTarget } from "../target/target.ts";
import { verified } from "../target/verified.ts";

/** What an image says of where it comes from. */
export interface ImageFacts {
  readonly digest: Digest;
  readonly revision?: string;
  readonly version?: string;
}

const REVISION = "org.opencontainers.image.revision";
const VERSION = "org.opencontainers.image.version";
/** Configurations are some KiB. */
const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

const configSchema = z.object({
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/**
 * Reads what a tag stands for and what it says of its origin: annotations of the index or manifest, else the labels of
 * its first image. One to three small requests; undefined where the tag is not there.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys
 */
export async function imageFacts(target: ReadTarget, tag: string): Promise<ImageFacts | undefined> {
  const descriptor = await target.resolve(tag);
  if (descriptor === undefined) return undefined;
  const { digest } = descriptor;
  const labels = await labelsOf(target, digest);
  const revision = labels[REVISION];
  const version = labels[VERSION];
  return {
    digest,
    ...(revision !== undefined && { revision }),
    ...(version !== undefined && { version }),
  };
}

async function labelsOf(target: ReadTarget, digest: Digest): Promise<Readonly<Record<string, string>>> {
  const manifest = parseManifest(await target.manifest(digest));
  const { annotations = {} } = manifest;
  if (annotations[REVISION] !== undefined) return annotations;
  if (manifest.kind === "index") {
    // Attestations stand beside the images, for no platform.
    const image = manifest.manifests.find(({ platform }) => platform?.os !== "unknown");
    return image === undefined ? annotations : { ...(await labelsOf(target, image.digest)), ...annotations };
  }
  const bytes = await collect(verified(target.name, manifest.config, target.blob(manifest.config)), MAX_CONFIG_BYTES);
  const config = configSchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  return { ...(config.success ? (config.data.config?.Labels ?? {}) : {}), ...annotations };
}
