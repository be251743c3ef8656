import { nearestOf } from "../config/nearest.ts";
import type { Registry as RegistryEntry } from "../config/slipway/registries.ts";
import { parseReference, type Reference } from "../oci/reference.ts";
import type { Repository } from "../registry/repository.ts";
import { failure } from "../words/error.ts";

/** One of the places that the image is published at: an entry of `registries:` with a repository. */
export interface Outlet {
  /** The entry's name. */
  readonly name: string;
  /** Nothing is released without it. */
  readonly required: boolean;
  /** Where it refuses some of an image, what can be sent is sent, under another digest. */
  readonly adapt: boolean;
  readonly target: Repository;
}

/** Opens what entries name; nothing is asked yet. The first is the primary. @throws OUTLETS_MISSING */
export function outletsOf(
  entries: readonly RegistryEntry[],
  open: (reference: Reference) => Repository,
): readonly Outlet[] {
  const outlets = entries
    .filter(({ image }) => image.includes("/"))
    .map(({ name, image, required, adapt = false }) => ({
      name,
      required,
      adapt,
      target: open(parseReference(image)),
    }));
  if (outlets.length === 0) throw failure("OUTLETS_MISSING", {});
  return outlets;
}

/** Those of these names, in the order of the configuration; all where none is named. @throws OUTLET_UNKNOWN, OUTLET_MISSPELT */
export function outletsNamed<T extends { readonly name: string }>(
  outlets: readonly T[],
  names: readonly string[],
): readonly T[] {
  if (names.length === 0) return outlets;
  const known = outlets.map(({ name }) => name);
  for (const name of names.filter((one) => !known.includes(one))) {
    const nearest = nearestOf(name, known);
    throw nearest === undefined
      ? failure("OUTLET_UNKNOWN", { name, known: known.join(", ") })
      : failure("OUTLET_MISSPELT", { name, nearest, known: known.join(", ") });
  }
  return outlets.filter(({ name }) => names.includes(name));
}
