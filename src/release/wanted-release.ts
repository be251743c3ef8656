import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import type { GitHub } from "../github/index.ts";
import { mayMove, readVersion } from "../metadata/index.ts";
import type { Digest } from "../oci/digest.ts";
import { failure } from "../words/error.ts";
import type { WantedFile } from "./assets.ts";
import { gitTagOf, versionOfGitTag } from "./git-tag.ts";
import type { WantedRelease } from "./github-release.ts";
import type { Outlet } from "./outlets.ts";
import type { Served } from "./push.ts";
import { type ImageLine, imageTable } from "./release-body.ts";
import { fillVersion } from "./version-template.ts";

/** What a release is made of besides its settings. */
export interface ReleaseMaterial {
  /** Where relative paths start. */
  readonly folder: string;
  readonly version: string;
  /** All outlets, in the order in which they are told. */
  readonly outlets: readonly Outlet[];
  readonly served: readonly Served[];
  readonly assets: readonly WantedFile[];
  /** What a new git tag is put on, where the settings do not say. */
  readonly target: string;
}

const LATEST = { name: "latest", kind: "floating", line: "latest" } as const;

/** Puts together how the release should be. Reads the notes. @throws NOTES_UNREADABLE */
export async function wantedRelease(settings: ReleaseSettings, material: ReleaseMaterial): Promise<WantedRelease> {
  const { folder, version, assets } = material;
  const fill = (text: string, key: string) => fillVersion(text, version, `release.${key}`);
  const tag = gitTagOf(settings, version);
  return {
    tag,
    name: settings.name === undefined ? tag : fill(settings.name, "name"),
    target: settings.target ?? material.target,
    prerelease: readVersion(version)?.stability === "prerelease",
    notes: await notesOf(settings, folder, version),
    table: (named) => imageTable(version, imageLines(material, named)),
    assets,
    latest: (github) => isLatest(settings, version, github),
  };
}

/** An optional outlet that is down today serves tomorrow what it was given: what the text names of it stays. */
function imageLines(
  { outlets, served }: Pick<ReleaseMaterial, "outlets" | "served">,
  named: ReadonlyMap<string, Digest>,
): readonly ImageLine[] {
  return outlets.flatMap(({ name, target: { name: repository } }) => {
    const digest = served.find(({ outlet }) => outlet.name === name)?.digest ?? named.get(repository);
    return digest === undefined ? [] : [{ repository, digest }];
  });
}

/** The notes, where they are not GitHub's own. @throws NOTES_UNREADABLE, VERSION_NEEDED */
export async function notesOf(
  { notes = "generate" }: ReleaseSettings,
  folder: string,
  version: string,
): Promise<WantedRelease["notes"]> {
  if (notes === "generate") return { kind: "generate" };
  if (notes === "none") return { kind: "text", text: "" };
  const file = fillVersion(notes, version, "release.notes");
  try {
    return { kind: "text", text: await readFile(resolve(folder, file), "utf8") };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure("NOTES_UNREADABLE", { file, reason }, { cause });
  }
}

/** A patch of an old line must not take `latest` away from a newer one. */
async function isLatest(settings: ReleaseSettings, version: string, github: GitHub): Promise<boolean> {
  if (settings.latest === "true") return true;
  if (settings.latest === "false") return false;
  const latest = await github.latestRelease();
  const theirs = latest === undefined ? undefined : versionOfGitTag(settings, latest.tag);
  return theirs === undefined || mayMove(LATEST, version, [theirs]).moves;
}
