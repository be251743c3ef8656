import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import { SlipwayError } from "../words/error.ts";
import { type WantedFile, wantedAssets } from "./assets.ts";
import { gitTagOf } from "./git-tag.ts";
import { findRelease } from "./github-release.ts";
import { bringPackage } from "./package.ts";
import type { ReleasePlaceOf, Run } from "./run.ts";
import { fillVersion } from "./version-template.ts";

/**
 * The files to attach, found before anything is pushed. On a fresh machine the image is found where it is, and the
 * package that the files come from was not needed yet: then it is brought now. Of a release that is out already, the
 * files need not be here any more: nothing is published before its assets are whole.
 * @throws ASSET_NOT_FOUND, ASSET_NAME_TWICE
 */
export async function releaseAssets(
  run: Run,
  settings: ReleaseSettings,
  { github }: ReleasePlaceOf,
  version: string,
): Promise<readonly WantedFile[]> {
  const { folder, publishing } = run.project;
  const patterns = (settings.assets ?? []).map((pattern) => fillVersion(pattern, version, "release.assets"));
  try {
    return await wantedAssets(folder, patterns);
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError) || thrown.code !== "ASSET_NOT_FOUND") throw thrown;
    const there = await findRelease(github, gitTagOf(settings, version));
    if (there?.state === "published") return [];
    if (publishing.source === undefined) throw thrown;
    await bringPackage(run);
    return wantedAssets(folder, patterns);
  }
}
