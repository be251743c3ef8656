import type { Descriptor } from "../../oci/descriptor.ts";
import type { Digest } from "../../oci/digest.ts";
import { parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { isIndexType } from "../../oci/media-types.ts";
import { failure } from "../../words/error.ts";

export type ReadManifest = (digest: Digest) => Promise<RawManifest>;

/** One of an index's `manifests`: as it is written, and as it is understood. */
export interface Entry {
  readonly written: unknown;
  readonly child: Descriptor;
}

/** What an index and the indexes in it list that is no index, each once; and those indexes. */
export interface Listed {
  readonly entries: readonly Entry[];
  readonly nested: readonly Digest[];
}

const MAX_ENTRIES = 10_000;

/** Reads an index and all that is nested in it. @throws MANIFEST_INVALID for more than any index may list */
export async function listedIn(index: RawManifest, read: ReadManifest): Promise<Listed> {
  const entries = new Map<Digest, Entry>();
  const nested = new Set<Digest>();
  const visit = async (raw: RawManifest): Promise<void> => {
    const manifest = parseManifest(raw);
    if (manifest.kind !== "index") return;
    const { manifests } = JSON.parse(Buffer.from(raw.bytes).toString("utf8"));
    for (const [at, child] of manifest.manifests.entries()) {
      if (!isIndexType(child.mediaType)) {
        if (!entries.has(child.digest)) entries.set(child.digest, { written: manifests[at], child });
      } else if (!nested.has(child.digest)) {
        nested.add(child.digest);
        await visit(await read(child.digest));
      }
      if (entries.size + nested.size <= MAX_ENTRIES) continue;
      const reason = `with what is nested in it, it lists more than ${MAX_ENTRIES} manifests`;
      throw failure("MANIFEST_INVALID", { digest: index.descriptor.digest, reason }, { side: "source" });
    }
  };
  await visit(index);
  return { entries: [...entries.values()], nested: [...nested] };
}
