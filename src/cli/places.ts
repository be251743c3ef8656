import type { Destination } from "../copy/plan.ts";
import { isDigest } from "../oci/digest.ts";
import type { PlatformFilter } from "../oci/platform.ts";
import { formatReference } from "../oci/reference.ts";
import { openDestination, openSource } from "../target/open.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";
import { type Place, parsePlace } from "../target/transport.ts";
import { failure } from "../words/error.ts";
import type { Session } from "./session.ts";

/** What Docker, and everyone since, means by a name without a tag. */
const DEFAULT_TAG = "latest";

/** A place to read from. */
export interface Source {
  readonly target: ReadTarget;
  /** The image there that was written; undefined when only the place was. */
  readonly named: TagOrDigest | undefined;
  /** The image there that is meant: `latest`, or the only one, when none was written. */
  reference(): Promise<TagOrDigest>;
}

/** Opens a place as a person writes it for reading; the session closes it. @throws TARGET_INVALID, and what the place throws */
export async function sourceAt(session: Session, text: string): Promise<Source> {
  const place = parsePlace(text);
  if (place.kind === "docker") {
    const { tag, digest } = place.reference;
    const named = digest ?? tag;
    const target = session.registry.source(place.reference);
    return { target, named, reference: async () => named ?? DEFAULT_TAG };
  }
  const { target, reference } = await openSource(place);
  session.defer(() => target.close());
  const isNamed = "reference" in place || place.kind === "docker-daemon";
  return { target, named: isNamed ? await reference() : undefined, reference };
}

/** One image as a person writes it. @throws as {@link sourceAt} */
export async function imageAt(
  session: Session,
  text: string,
): Promise<{ readonly target: ReadTarget; readonly reference: TagOrDigest }> {
  const { target, reference } = await sourceAt(session, text);
  return { target, reference: await reference() };
}

/**
 * Opens a place for writing. Places that hold one image of an index take the one for `platform`, else this machine's.
 * @throws TARGET_INVALID for a digest
 */
export async function destinationAt(session: Session, text: string, platform?: PlatformFilter): Promise<Destination> {
  const place = parsePlace(text);
  if (place.kind !== "docker") {
    const opened = await openDestination(place, platform === undefined ? {} : { platform });
    // A dry run, and a run that never began, leave nothing behind.
    session.defer(async () => opened.target.abandon?.());
    return opened;
  }
  refuseDigest(place);
  const { tag } = place.reference;
  return { target: session.registry.repository(place.reference), ...(tag !== undefined && { tag }) };
}

/** The destination for one image of the source: a tag of its own, else the source's, else by digest. */
export function destinationFor(destination: Destination, reference: TagOrDigest): Destination {
  if (destination.tag !== undefined || isDigest(reference)) return destination;
  return { ...destination, tag: reference };
}

function refuseDigest({ reference }: Place & { readonly kind: "docker" }): void {
  if (reference.digest === undefined) return;
  const text = formatReference(reference);
  throw failure("TARGET_INVALID", { text, reason: "a digest cannot be chosen, only a tag" });
}
