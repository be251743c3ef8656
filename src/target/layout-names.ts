import type { Descriptor } from "../oci/descriptor.ts";
import { formatReference, isTag, parseReference } from "../oci/reference.ts";
import type { TagOrDigest } from "./target.ts";

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys */
export const REF_NAME = "org.opencontainers.image.ref.name";
/** containerd and Docker write the full reference here, and only the tag into {@link REF_NAME}. */
const IMAGE_NAME = "io.containerd.image.name";

/** The names that an index.json gives to its images. */
export interface LayoutNames {
  /** What each image of the list is called, shortest way that is unambiguous. */
  readonly all: ReadonlyMap<string, Descriptor>;
  /** Takes a tag, a full reference, or a reference as people shorten it. */
  find(name: TagOrDigest): Descriptor | undefined;
}

/**
 * Reads the names of a layout's images. Tools write a tag (`1.36`) or a full reference (`docker.io/library/busybox:1.36`);
 * the tag of a full reference is a name, too, unless two images share it.
 */
export function layoutNames(entries: readonly Descriptor[]): LayoutNames {
  const full = new Map<string, Descriptor>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name !== undefined) full.set(canonical(name), entry);
  }
  const short = new Map<string, Descriptor | "ambiguous">();
  for (const [name, entry] of full) {
    const tag = tagOf(name);
    const other = short.get(tag);
    const same = other === undefined || (other !== "ambiguous" && other.digest === entry.digest);
    if (!full.has(tag)) short.set(tag, same ? entry : "ambiguous");
  }
  const all = new Map<string, Descriptor>();
  for (const [name, entry] of full) {
    const found = short.get(tagOf(name));
    all.set(found === undefined || found === "ambiguous" ? name : tagOf(name), entry);
  }
  return { all, find: (name) => all.get(name) ?? full.get(canonical(name)) };
}

/** What an entry of index.json is called. */
export function nameOf(entry: Descriptor): string | undefined {
  return entry.annotations?.[IMAGE_NAME] ?? entry.annotations?.[REF_NAME];
}

/** A name in its one way of writing: a reference in full, everything else as it is. */
function canonical(name: string): string {
  const reference = referenceOf(name);
  return reference?.tag === undefined ? name : formatReference(reference);
}

function tagOf(name: string): string {
  return referenceOf(name)?.tag ?? name;
}

function referenceOf(name: string) {
  if (isTag(name)) return undefined;
  try {
    return parseReference(name);
  } catch {
    return undefined;
  }
}
