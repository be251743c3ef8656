import { nearestOf } from "../config/nearest.ts";
import type { Registry as RegistryEntry } from "../config/slipway/registries.ts";
import { parseReference, type Reference } from "../oci/reference.ts";
import type { PushProbe } from "../registry/probe.ts";
import type { WriteTarget } from "../target/target.ts";
import { failure } from "../words/error.ts";

/** One of the places that the image is published at: an entry of `registries:` with a repository. */
export interface Outlet {
  /** The entry's name. */
  readonly name: string;
  /** Nothing is released without it. */
  readonly required: boolean;
  /** Where it refuses some of an image, what can be sent is sent, under another digest. */
  readonly adapt: boolean;
  readonly target: OutletTarget;
}

/** What publishing needs of a place: a repository of a registry has it. */
export interface OutletTarget extends WriteTarget {
  /** Whether one may push here, found out without leaving anything. @throws what keeps one from it */
  probePush(): Promise<PushProbe>;
}

/** Opens what entries name; nothing is asked yet. The first is the primary. @throws OUTLETS_MISSING */
export function outletsOf(
  entries: readonly RegistryEntry[],
  open: (reference: Reference) => OutletTarget,
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

/**
 * Those of these names, in the order of the configuration; all where none is named. Old target names
 * are written in capitals and without dashes: `DockerHub` is `docker-hub`.
 * @throws OUTLETS_MISSING, OUTLET_UNKNOWN, OUTLET_MISSPELT
 */
export function outletsNamed<T extends { readonly name: string }>(
  outlets: readonly T[],
  names: readonly string[],
): readonly T[] {
  if (names.length === 0) return outlets;
  if (outlets.length === 0) throw failure("OUTLETS_MISSING", {});
  const known = outlets.map(({ name }) => name);
  const wanted = names.map((name) =>
    known.includes(name) ? name : (known.find((one) => isSameName(one, name)) ?? name),
  );
  for (const name of wanted.filter((one) => !known.includes(one))) {
    const nearest = nearestOf(name, known);
    throw nearest === undefined
      ? failure("OUTLET_UNKNOWN", { name, known: known.join(", ") })
      : failure("OUTLET_MISSPELT", { name, nearest, known: known.join(", ") });
  }
  return outlets.filter(({ name }) => wanted.includes(name));
}

/** An old target's name, `DockerPushDockerHub`, has neither dashes nor the registry's case. */
function isSameName(one: string, other: string): boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_.]/g, "");
  return plain(one) === plain(other);
}
