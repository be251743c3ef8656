import type { WriteTarget } from "../target/target.ts";
import type { Effects } from "./effects.ts";

/** The same place, with everything that is written to it going through the one door. */
export function recordedTarget(target: WriteTarget, effects: Effects): WriteTarget {
  const { digests } = target;
  return {
    name: target.name,
    store: target.store,
    repository: target.repository,
    resolve: (reference) => target.resolve(reference),
    manifest: (reference) => target.manifest(reference),
    exists: (blob) => target.exists(blob),
    blob: (blob) => target.blob(blob),
    tags: () => target.tags(),
    referrers: (digest, tags) => target.referrers(digest, tags),
    ...(digests !== undefined && { digests: () => digests.call(target) }),
    pushBlob: (blob, body, options) =>
      effects.perform({ kind: "put-blob", subject: `${target.name}@${blob.digest}` }, () =>
        target.pushBlob(blob, body, options),
      ),
    pushManifest: (manifest, tag) => {
      const subject = tag === undefined ? `${target.name}@${manifest.descriptor.digest}` : `${target.name}:${tag}`;
      return effects.perform({ kind: "put-manifest", subject }, () => target.pushManifest(manifest, tag));
    },
  };
}
