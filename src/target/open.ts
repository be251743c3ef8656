import { tmpdir } from "node:os";
import { isDigest } from "../oci/digest.ts";
import type { PlatformFilter } from "../oci/platform.ts";
import { formatReference, type Reference, repositoryOf } from "../oci/reference.ts";
import { failure } from "../words/error.ts";
import { createDockerArchive, openDockerArchive } from "./docker-archive.ts";
import { createDockerDaemon, openDockerDaemon } from "./docker-daemon.ts";
import type { Environment } from "./docker-host.ts";
import { LayoutTarget } from "./layout.ts";
import { folderFiles } from "./layout-files.ts";
import type { LayoutReader } from "./layout-reader.ts";
import { checked, createOciArchive, openOciArchive } from "./oci-archive.ts";
import type { TagOrDigest, WriteTarget } from "./target.ts";
import { formatPlace, type LocalPlace } from "./transport.ts";

export interface OpenOptions {
  /** Where archives are unpacked while they are read. Default: the system's (TMPDIR). */
  readonly temporaryFolder?: string;
  /** DOCKER_HOST and its like. Default: this process's environment. */
  readonly environment?: Environment;
  /** Which image of an index a place takes that holds only one (docker-archive, docker-daemon). Default: this machine's. */
  readonly platform?: PlatformFilter;
}

/** A place to read from, and the image there that was named. */
export interface OpenSource {
  readonly target: LayoutReader;
  /** What the place named; where it named none, the only image there. */
  reference(): Promise<TagOrDigest>;
}

/** A place to write to, and the tag that was named. */
export interface OpenDestination {
  readonly target: WriteTarget;
  readonly tag?: string;
}

/**
 * Opens a place that is not a registry for reading. Close the target in the end: temporary files go away then.
 * @throws TARGET_UNREADABLE, ARCHIVE_INVALID, DAEMON_UNREACHABLE, …
 */
export async function openSource(place: LocalPlace, options: OpenOptions = {}): Promise<OpenSource> {
  const target = await openReader(place, options);
  const named = namedBy(place);
  return { target, reference: async () => named ?? target.defaultReference() };
}

function openReader(place: LocalPlace, options: OpenOptions): Promise<LayoutReader> {
  const { temporaryFolder = tmpdir(), environment = process.env } = options;
  const name = nameOf(place);
  switch (place.kind) {
    case "oci":
      return checked(name, folderFiles(place.path));
    case "oci-archive":
      return openOciArchive(name, place.path, temporaryFolder);
    case "docker-archive":
      return openDockerArchive(name, place.path, temporaryFolder);
    case "docker-daemon":
      return openDockerDaemon(name, namedBy(place) ?? String(place.image), { temporaryFolder, environment });
  }
}

/**
 * Opens a place that is not a registry for writing; what is there already counts. Nothing is complete before the target
 * is closed.
 * @throws TARGET_INVALID for a place that names a digest; ARCHIVE_INVALID, DAEMON_UNREACHABLE, …
 */
export async function openDestination(place: LocalPlace, options: OpenOptions = {}): Promise<OpenDestination> {
  const { temporaryFolder = tmpdir(), environment = process.env, platform } = options;
  const name = nameOf(place);
  const saveAs = (reference?: Reference) => ({
    ...(platform !== undefined && { platform }),
    ...(reference !== undefined && { repository: repositoryOf(reference) }),
  });
  switch (place.kind) {
    case "oci":
      return withTag(new LayoutTarget(name, place.path), tagToWrite(place, place.reference));
    case "oci-archive":
      return withTag(await createOciArchive(name, place.path), tagToWrite(place, place.reference));
    case "docker-archive":
      return withTag(await createDockerArchive(name, place.path, saveAs(place.reference)), place.reference?.tag);
    case "docker-daemon": {
      if (typeof place.image === "string") throw digestRefused(place);
      const save = saveAs(place.image);
      return withTag(await createDockerDaemon(name, save, { temporaryFolder, environment }), place.image.tag);
    }
  }
}

function withTag(target: WriteTarget, tag: string | undefined): OpenDestination {
  return tag === undefined ? { target } : { target, tag };
}

function tagToWrite(place: LocalPlace, reference: TagOrDigest | undefined): string | undefined {
  if (reference !== undefined && isDigest(reference)) throw digestRefused(place);
  return reference;
}

function digestRefused(place: LocalPlace) {
  return failure("TARGET_INVALID", { text: formatPlace(place), reason: "a digest cannot be chosen, only a tag" });
}

/** The place without the image in it. */
function nameOf(place: LocalPlace): string {
  if (place.kind !== "docker-daemon") return `${place.kind}:${place.path}`;
  return `docker-daemon:${typeof place.image === "string" ? place.image : repositoryOf(place.image)}`;
}

/** The image that a place names; undefined where it names none, and for an engine's image ID, which is all there is. */
function namedBy(place: LocalPlace): TagOrDigest | undefined {
  switch (place.kind) {
    case "oci":
    case "oci-archive":
      return place.reference;
    case "docker-archive":
      return place.reference && formatReference(place.reference);
    case "docker-daemon":
      return typeof place.image === "string" ? undefined : formatReference(place.image);
  }
}
