import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import type { GitHub } from "../github/index.ts";
import { mayMove, readVersion } from "../metadata/index.ts";
import { failure } from "../words/error.ts";
import type { WantedFile } from "./assets.ts";
import type { WantedRelease } from "./github-release.ts";
import type { Served } from "./push.ts";
import { imageTable } from "./release-body.ts";
import { fillVersion, versionInTag } from "./version-template.ts";

/** What a release is made of besides its settings. */
export interface ReleaseMaterial {
  /** Where relative paths start. */
  readonly folder: string;
  readonly version: string;
  readonly served: readonly Served[];
  readonly assets: readonly WantedFile[];
  /** What a new git tag is put on, where the settings do not say. */
  readonly target: string;
}

const LATEST = { name: "latest", kind: "floating", line: "latest" } as const;
const DEFAULT_TAG = "v{{version}}";

/** The git tag of a version. */
export function gitTagOf(settings: ReleaseSettings | undefined, version: string): string {
  return fillVersion(settings?.tag ?? DEFAULT_TAG, version, "release.tag");
}

/** The version that a git tag stands for; undefined where it is none of this project's. */
export function versionOfGitTag(settings: ReleaseSettings | undefined, tag: string): string | undefined {
  return versionInTag(tag, settings?.tag ?? DEFAULT_TAG);
}

/** Puts together how the release should be. Reads the notes. @throws NOTES_UNREADABLE */
export async function wantedRelease(settings: ReleaseSettings, material: ReleaseMaterial): Promise<WantedRelease> {
  const { folder, version, served, assets } = material;
  const fill = (text: string, key: string) => fillVersion(text, version, `release.${key}`);
  const tag = gitTagOf(settings, version);
  const lines = served.map(({ outlet, digest }) => ({ repository: outlet.target.name, digest }));
  return {
    tag,
    name: settings.name === undefined ? tag : fill(settings.name, "name"),
    target: settings.target ?? material.target,
    prerelease: readVersion(version)?.stability === "prerelease",
    notes: await notesOf(settings, folder, version),
    table: imageTable(version, lines),
    assets,
    latest: (github) => isLatest(settings, version, github),
  };
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
