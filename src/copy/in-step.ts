import type { Digest } from "../oci/digest.ts";
import { companionsOf, missingCompanions } from "./companions.ts";
import type { CopyRequest, Destination } from "./plan.ts";
import type { TagLists } from "./tag-lists.ts";

/**
 * What a destination has where `expected` should be. Lists are believed where they say that it is there, or that nothing
 * is; else the destination is asked.
 */
export async function digestAt(
  { target, tag }: Destination,
  expected: Digest,
  tags: TagLists,
): Promise<Digest | undefined> {
  if (tag !== undefined) {
    if (await isAbsent({ target, tag }, tags)) return undefined;
    if ((await tags.digest(target, tag)) === expected) return expected;
  }
  return (await target.resolve(tag ?? expected))?.digest;
}

/** Whether lists say that no destination has anything under the tag that is wanted there. */
export async function isAbsentEverywhere({ destinations }: CopyRequest, tags: TagLists): Promise<boolean> {
  const absent = await Promise.all(destinations.map((destination) => isAbsent(destination, tags)));
  return absent.every(Boolean);
}

async function isAbsent({ target, tag }: Destination, tags: TagLists): Promise<boolean> {
  return tag !== undefined && (await tags.of(target))?.has(tag) === false;
}

/**
 * The digest of an image that the source lists, where every destination has it with all that refers to it: then nobody
 * asks the source for it. Undefined in every other case, whatever the reason: then the image is looked at as any other,
 * and nothing is copied because of what a list says.
 */
export async function listedInStep(request: CopyRequest, tags: TagLists): Promise<Digest | undefined> {
  const { source, reference, platforms, referrers, destinations } = request;
  if (platforms !== undefined) return undefined;
  try {
    // what is not even there is no reason to read a list at the source
    const absent = await Promise.all(destinations.map((destination) => isAbsent(destination, tags)));
    if (absent.some(Boolean)) return undefined;
    const known = referrers ? await tags.of(source) : undefined;
    const digest = await tags.digest(source, reference);
    if (digest === undefined) return undefined;
    const there = await Promise.all(destinations.map((destination) => digestAt(destination, digest, tags)));
    if (there.some((one) => one !== digest)) return undefined;
    const companions = referrers ? await companionsOf(source, digest, known) : [];
    const missing = await Promise.all(destinations.map(({ target }) => missingCompanions(target, companions)));
    return missing.every(({ length }) => length === 0) ? digest : undefined;
  } catch {
    // what went wrong will go wrong again where it is known whose it is
    return undefined;
  }
}
