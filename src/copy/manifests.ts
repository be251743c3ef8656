import { isDigest } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";

/** Manifests have one or a few KiB: enough for some thousand images, little beside what a run takes anyway. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * The manifests of a run's sources: what was read to look at an image is not read again to send it. So many bytes are
 * kept; what comes later is read when it is needed, each time.
 */
export class Manifests {
  readonly #kept = new Map<string, RawManifest>();
  #room = KEPT_BYTES;

  /** Whether what is read now is there later. */
  get hasRoom(): boolean {
    return this.#room > 0;
  }

  /** The manifest as `source.manifest` gives it; a tag is asked for anew each time. @throws what the source throws */
  async of(source: ReadTarget, reference: TagOrDigest): Promise<RawManifest> {
    const known = isDigest(reference) ? this.#kept.get(`${source.name}@${reference}`) : undefined;
    if (known !== undefined) return known;
    const manifest = await source.manifest(reference);
    const { digest, size } = manifest.descriptor;
    const key = `${source.name}@${digest}`;
    if (this.hasRoom && !this.#kept.has(key)) {
      this.#room -= size;
      this.#kept.set(key, manifest);
    }
    return manifest;
  }
}
