import type { Digest } from "../../oci/digest.ts";
import { blobsOf, parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { isForeignLayer } from "../../oci/media-types.ts";
import { failure, SlipwayError } from "../../words/error.ts";
import { isArtifact, isNested } from "./kinds.ts";

/** A destination does not take a manifest for what it is. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly manifest: RawManifest;
  /** What the destination said. */
  readonly answer: SlipwayError;
  /** What it belongs to that refers to the image; undefined where it belongs to the image itself. */
  readonly companion: Digest | undefined;

  constructor(manifest: RawManifest, answer: SlipwayError, companion?: Digest) {
    super(answer.message, { cause: answer });
    this.manifest = manifest;
    this.answer = answer;
    this.companion = companion;
  }

  /** The same, of something that refers to the image. */
  of(companion: Digest): Refused {
    return new Refused(this.manifest, this.answer, companion);
  }

  /** Says what part of an image it is that was refused, and what can be done about it. @param host that refused it */
  failure(host: string, root: Digest): SlipwayError {
    const { digest } = this.manifest.descriptor;
    const manifest = parseManifest(this.manifest);
    const options = { cause: this.answer };
    const facts = { host, digest, detail: this.answer.facts.detail ?? this.answer.message };
    const type = manifest.artifactType ?? (manifest.kind === "image" ? manifest.config.mediaType : "");
    if (this.companion !== undefined) return failure("REFERRER_REFUSED", { ...facts, type }, options);
    if (isNested(manifest)) return failure("NESTED_INDEX_REFUSED", facts, options);
    const isBeside = isArtifact(manifest) && digest !== root;
    return isBeside ? failure("ATTESTATION_REFUSED", { ...facts, type }, options) : this.answer;
  }
}

/**
 * What an error of a destination that was given a manifest comes to: that it refuses what it is, or layers that are kept
 * elsewhere; or the error itself.
 * @param isComplete whether the destination has all else that the manifest points to
 */
export function refusalOf(
  error: unknown,
  manifest: RawManifest,
  { store, isComplete }: { readonly store: string; readonly isComplete: boolean },
): unknown {
  if (!(error instanceof SlipwayError)) return error;
  if (error.code === "MANIFEST_REFUSED") return new Refused(manifest, error);
  if (error.code !== "PARTS_MISSING") return error;
  const detail = String(error.facts.detail);
  const foreign = blobsOf(parseManifest(manifest)).filter((blob) => isForeignLayer(blob.mediaType));
  const layer = foreign.find(({ digest }) => isComplete || detail.includes(digest));
  if (layer === undefined) return error;
  const facts = { host: store, digest: manifest.descriptor.digest, layer: layer.digest, detail };
  return failure("FOREIGN_LAYERS_REFUSED", facts, { cause: error });
}
