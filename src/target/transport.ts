import { type Digest, isDigest } from "../oci/digest.ts";
import { formatReference, isTag, parseReference, type Reference } from "../oci/reference.ts";
import { failure } from "../words/error.ts";
import type { TagOrDigest } from "./target.ts";

/** A place that images are copied from or to, as a person writes it. */
export type Place =
  | { readonly kind: "docker"; readonly reference: Reference }
  | LayoutPlace
  | { readonly kind: "docker-archive"; readonly path: string; readonly reference?: Reference }
  | { readonly kind: "docker-daemon"; readonly image: Reference | Digest };

/** A folder or a tar with an OCI layout. The reference may be any name that the layout knows, or a digest. */
export interface LayoutPlace {
  readonly kind: "oci" | "oci-archive";
  readonly path: string;
  readonly reference?: TagOrDigest;
}

/** Every place but a registry. */
export type LocalPlace = Exclude<Place, { readonly kind: "docker" }>;

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys (ref.name) */
const REF_NAME_GRAMMAR =
  /^[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*(?:\/[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*)*$/;

/**
 * Reads a place: `docker://REFERENCE` or only `REFERENCE`, `oci:FOLDER[:TAG]`, `oci-archive:FILE[:TAG]`,
 * `docker-archive:FILE[:REFERENCE]`, `docker-daemon:REFERENCE`. A layout takes `@DIGEST` instead of the tag, too.
 * https://github.com/containers/image/blob/v5.36.0/docs/containers-transports.5.md
 * @throws TARGET_INVALID with the reason
 */
export function parsePlace(text: string): Place {
  const refuse = (reason: string) => failure("TARGET_INVALID", { text: text.slice(0, 300), reason });
  const colon = text.indexOf(":");
  const rest = text.slice(colon + 1);
  switch (text.slice(0, Math.max(colon, 0))) {
    case "oci":
      return layoutPlace("oci", rest);
    case "oci-archive":
      return layoutPlace("oci-archive", rest);
    case "docker-archive": {
      const { path, name } = splitPath(rest);
      return name === undefined
        ? { kind: "docker-archive", path }
        : { kind: "docker-archive", path, reference: tagged(reference(name)) };
    }
    case "docker-daemon":
      return { kind: "docker-daemon", image: isDigest(rest) ? rest : tagged(reference(rest)) };
  }
  if (text.startsWith("docker://")) return { kind: "docker", reference: reference(text.slice("docker://".length)) };
  if (/^[a-z][a-z0-9+-]*:[/.]/.test(text)) throw refuse(`"${text.slice(0, colon)}:" is no kind of place that is known`);
  return { kind: "docker", reference: reference(text) };

  function layoutPlace(kind: LayoutPlace["kind"], pathAndName: string): LayoutPlace {
    const digest = /^(.+)@(sha(?:256|512):[^:]*)$/.exec(pathAndName);
    if (digest !== null && !digest[1]?.includes(":")) {
      const [, path = "", name = ""] = digest;
      if (!isDigest(name)) throw refuse(`"${name}" is not a digest`);
      return { kind, path, reference: name };
    }
    const { path, name } = splitPath(pathAndName);
    if (name === undefined) return { kind, path };
    if (!isTag(name) && !REF_NAME_GRAMMAR.test(name)) throw refuse(`"${name}" is not a tag`);
    return { kind, path, reference: name };
  }

  function splitPath(pathAndName: string): { readonly path: string; readonly name?: string } {
    const end = pathAndName.indexOf(":");
    const path = end < 0 ? pathAndName : pathAndName.slice(0, end);
    if (path === "") throw refuse("the path is missing");
    if (end < 0) return { path };
    if (end === pathAndName.length - 1) throw refuse("nothing comes after the last colon");
    return { path, name: pathAndName.slice(end + 1) };
  }

  function reference(name: string): Reference {
    try {
      return parseReference(name);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw failure("TARGET_INVALID", { text: text.slice(0, 300), reason }, { cause });
    }
  }

  /** Docker's own names always have a tag; `latest` is the one that is not written. */
  function tagged(name: Reference): Reference {
    if (name.digest !== undefined) throw refuse("Docker knows its images by tag, not by digest");
    return { ...name, tag: name.tag ?? "latest" };
  }
}

/** Writes a place so that {@link parsePlace} reads it back as it was. */
export function formatPlace(place: Place): string {
  switch (place.kind) {
    case "docker":
      return `docker://${formatReference(place.reference)}`;
    case "oci":
    case "oci-archive": {
      if (place.reference === undefined) return `${place.kind}:${place.path}`;
      return `${place.kind}:${place.path}${isDigest(place.reference) ? "@" : ":"}${place.reference}`;
    }
    case "docker-archive": {
      const name = place.reference === undefined ? "" : `:${formatReference(place.reference)}`;
      return `docker-archive:${place.path}${name}`;
    }
    case "docker-daemon":
      return `docker-daemon:${typeof place.image === "string" ? place.image : formatReference(place.image)}`;
  }
}
