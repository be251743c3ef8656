import { parseRepositoryName } from "../../github/index.ts";
import { canonicalVersion } from "../../metadata/index.ts";
import { parseReference } from "../../oci/reference.ts";
import { layoutTag } from "../../release/edition.ts";
import { gitTagOf } from "../../release/git-tag.ts";
import { type Outlet, outletsOf } from "../../release/outlets.ts";
import type { ReleasePlace } from "../../release/version-state.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { NO_SETTINGS, openSession, type Session } from "../session.ts";
import { configFile } from "../settings.ts";
import { type OpenedProject, openProject } from "./project.ts";
import { openPlace, releasePlace } from "./release-place.ts";
import { editionHere, lookAround } from "./surroundings.ts";

/** Where a version may be, by the configuration or by what the user names instead. */
export interface VersionPlaces {
  readonly version: string;
  /** The image's tag. */
  readonly tag: string;
  readonly outlets: readonly Outlet[];
  readonly release?: ReleasePlace;
  readonly session: Session;
  /** The project's folder, where there is a configuration that knows how to publish. */
  readonly folder?: string;
}

/** What the user names instead of the configuration. */
export interface NamedPlaces {
  readonly image: readonly string[];
  readonly github?: string | undefined;
}

/**
 * Finds out where to ask about a version; the session is the caller's to close.
 * @throws NO_IMAGE_TO_EXPLAIN, VERSION_INVALID, CONFIG_*
 */
export async function versionPlaces(context: Context, text: string, named: NamedPlaces): Promise<VersionPlaces> {
  const version = canonicalVersion(text);
  const hasConfig = configFile(context) !== undefined;
  const opened = hasConfig ? await openProject(context, "unwritten") : undefined;
  if (named.image.length > 0 || named.github !== undefined) return placesNamed(context, version, named, opened);
  if (opened === undefined || opened.registries.length === 0) throw failure("NO_IMAGE_TO_EXPLAIN", { version });
  const { project, settings, registries } = opened;
  const here = await lookAround(context, project);
  const edition = editionHere(context, project, here, { version, allowDirty: true });
  const place = await releasePlace(context, project, here, "read");
  const session = await openSession(context, settings);
  if (place !== undefined) session.defer(() => place.github.close());
  const tag = gitTagOf(project.publishing.release, version);
  return {
    version,
    tag: edition.fixed[0] ?? layoutTag(edition),
    outlets: outletsOf(registries, (reference) => session.registry.repository(reference)),
    session,
    folder: project.folder,
    ...(place !== undefined && { release: { github: place.github, repository: place.repository, tag } }),
  };
}

async function placesNamed(
  context: Context,
  version: string,
  { image, github }: NamedPlaces,
  opened: OpenedProject | undefined,
): Promise<VersionPlaces> {
  const session = await openSession(context, opened?.settings ?? NO_SETTINGS);
  const outlets = image.map((name): Outlet => {
    const target = session.registry.repository(parseReference(name));
    return { name: target.name, required: true, adapt: false, target };
  });
  const folder = opened?.project.folder;
  const place =
    github === undefined ? undefined : await openPlace(context, parseRepositoryName(github), "read", folder);
  if (place !== undefined) session.defer(() => place.github.close());
  const tag = gitTagOf(opened?.project.publishing.release, version);
  // Who never used Slipway may have put the leading v into the image's tag, too.
  const found = await Promise.all([version, `v${version}`].map((one) => isAnywhere(outlets, one)));
  return {
    version,
    tag: found[0] !== true && found[1] === true ? `v${version}` : version,
    outlets,
    session,
    ...(place !== undefined && { release: { ...place, tag } }),
  };
}

async function isAnywhere(outlets: readonly Outlet[], tag: string): Promise<boolean> {
  const found = await Promise.all(outlets.map(({ target }) => target.resolve(tag).catch(() => undefined)));
  return found.some((one) => one !== undefined);
}
