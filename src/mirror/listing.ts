import type { MirrorRule } from "../config/mirror-rule.ts";
import { type Reference, repositoryOf } from "../oci/reference.ts";
import type { ReadTarget } from "../target/target.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import { needsListing } from "./select-tags.ts";

/** The tags of a repository, or why they are not known. */
export type Listing =
  | { readonly kind: "listed"; readonly tags: ReadonlySet<string> }
  | { readonly kind: "failed"; readonly error: SlipwayError };

/** Lists each source that some rule needs listed, once, side by side. One failure leaves the others alone. */
export async function listSources(
  rules: readonly MirrorRule[],
  sourceOf: (repository: Reference) => ReadTarget,
): Promise<ReadonlyMap<string, Listing>> {
  const listed = rules.filter(({ images }) => needsListing(images)).map(({ source }) => source);
  const repositories = new Map(listed.map((source) => [repositoryOf(source), source]));
  const listings = [...repositories].map(async ([name, source]) => [name, await list(sourceOf(source))] as const);
  return new Map(await Promise.all(listings));
}

async function list(source: ReadTarget): Promise<Listing> {
  try {
    const tags = new Set<string>();
    for await (const page of source.tags()) {
      for (const tag of page) tags.add(tag);
    }
    if (tags.size === 0) throw failure("MIRROR_SOURCE_EMPTY", { source: source.name });
    return { kind: "listed", tags };
  } catch (error) {
    return { kind: "failed", error: asFailure(error).on("source") };
  }
}
