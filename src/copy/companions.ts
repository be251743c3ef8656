import { type Digest, hexOf } from "../oci/digest.ts";
import type { ReadTarget, WriteTarget } from "../target/target.ts";
import type { Companion } from "./plan.ts";

/** cosign's older way: tags made from the digest. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#tag-based-discovery */
const COSIGN_SUFFIXES = [".sig", ".att", ".sbom"];

/**
 * All that refers to an image: what the registry lists as referrers, what refers to those in turn, and cosign's tags.
 * `tags`, where they are known, save asking for what is not there.
 */
export async function companionsOf(
  source: ReadTarget,
  image: Digest,
  tags?: ReadonlySet<string>,
): Promise<readonly Companion[]> {
  const found = new Map<Digest, Companion>();
  const visit = async (subject: Digest): Promise<void> => {
    for (const descriptor of await source.referrers(subject, tags)) {
      if (found.has(descriptor.digest)) continue;
      found.set(descriptor.digest, { descriptor, subject });
      await visit(descriptor.digest);
    }
  };
  await visit(image);
  const names = COSIGN_SUFFIXES.map((suffix) => `sha256-${hexOf(image)}${suffix}`);
  const signed = await Promise.all(
    names.filter((tag) => tags?.has(tag) ?? true).map(async (tag) => ({ tag, descriptor: await source.resolve(tag) })),
  );
  const tagged = signed.flatMap(({ tag, descriptor }) => (descriptor === undefined ? [] : [{ tag, descriptor }]));
  return [...found.values(), ...tagged];
}

/** Those of the companions that a destination does not have. */
export async function missingCompanions(
  destination: WriteTarget,
  companions: readonly Companion[],
): Promise<readonly Companion[]> {
  const listed = new Map<Digest, ReadonlySet<Digest>>();
  const missing: Companion[] = [];
  for (const companion of companions) {
    if (!(await isThere(destination, companion, listed))) missing.push(companion);
  }
  return missing;
}

async function isThere(
  destination: WriteTarget,
  companion: Companion,
  listed: Map<Digest, ReadonlySet<Digest>>,
): Promise<boolean> {
  const { digest } = companion.descriptor;
  if ("tag" in companion) return (await destination.resolve(companion.tag))?.digest === digest;
  const known =
    listed.get(companion.subject) ?? new Set((await destination.referrers(companion.subject)).map((one) => one.digest));
  listed.set(companion.subject, known);
  return known.has(digest);
}
