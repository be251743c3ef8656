import * as z from "zod";
import { isDigest } from "../oci/digest.ts";
import type { Platform } from "../oci/platform.ts";

const texts = z.array(z.string());
const flags = z.record(z.string(), z.unknown());

/** A field that Go leaves out or writes as null. */
const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

const runSchema = z.looseObject({
  User: maybe(z.string()),
  ExposedPorts: maybe(flags),
  Env: maybe(texts),
  Entrypoint: maybe(texts),
  Cmd: maybe(texts),
  Volumes: maybe(flags),
  WorkingDir: maybe(z.string()),
  Labels: maybe(z.record(z.string(), z.string())),
  StopSignal: maybe(z.string()),
});

const historySchema = z.looseObject({ empty_layer: maybe(z.boolean()) });

const imageSchema = z.object({
  author: maybe(z.string()),
  architecture: z.string().min(1),
  os: z.string().min(1),
  variant: maybe(z.string()),
  "os.version": maybe(z.string()),
  "os.features": maybe(texts),
  config: maybe(runSchema),
  rootfs: z.object({ diff_ids: z.array(z.string().refine(isDigest)) }),
  history: maybe(z.array(historySchema)),
});

/**
 * An image's configuration, as far as an image on top of it inherits it; what else stands there tells how that one was
 * made. https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export type ImageJson = z.output<typeof imageSchema>;

/** How a container of the image runs. */
export type RunJson = NonNullable<ImageJson["config"]>;

/** Reads a configuration; undefined for what is none of a container image. */
export function parseImageJson(bytes: Uint8Array): ImageJson | undefined {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
  return imageSchema.safeParse(json).data;
}

/** The platform that a configuration says it is for. */
export function platformOf(image: ImageJson): Platform {
  const { architecture, os, variant, "os.version": version } = image;
  return {
    os,
    architecture,
    ...(variant !== undefined && variant !== "" && { variant }),
    ...(version !== undefined && version !== "" && { "os.version": version }),
  };
}
