import { loadImageSyncer } from "../config/image-syncer/load.ts";
import { platformsFromFlags } from "../config/image-syncer/platforms.ts";
import { formatOf } from "../config/import/format.ts";
import type { MirrorRule } from "../config/mirror-rule.ts";
import { readSource } from "../config/reading/source.ts";
import type { Settings } from "../config/settings.ts";
import { type Config, loadConfig } from "../config/slipway/load-config.ts";
import { failure } from "../words/error.ts";
import type { Context } from "./command.ts";
import type { SyncOptions } from "./options.ts";
import { configFile } from "./settings.ts";

/** What to mirror, and whether the caller expects it to end as image-syncer does. */
export interface SyncSettings {
  readonly settings: Settings;
  readonly isImageSyncer: boolean;
  /** Left out for image-syncer's files. */
  readonly config?: Config;
}

/** The files that say what to mirror. */
type Files = Pick<SyncOptions, "auth" | "images">;

/**
 * Reads what `--images` and `--auth`, or the configuration say. A file that `--config` names may be image-syncer's, with
 * both in one: the other two are then ignored, as there.
 * @throws NOTHING_TO_SYNC, OPTION_ALONE, OPTIONS_CONFLICT, CONFIG_*
 */
export function readSyncSettings(context: Context, { auth, images }: Files): SyncSettings {
  const { environment, globals } = context;
  const named = globals.config;
  if (named !== undefined && formatOf(readSource(named)) === "image-syncer-config") {
    return { settings: loadImageSyncer({ config: named }, environment), isImageSyncer: true };
  }
  if (images !== undefined) {
    if (named !== undefined) throw failure("OPTIONS_CONFLICT", { one: "--images", other: `--config ${named}` });
    return { settings: loadImageSyncer({ images, auth }, environment), isImageSyncer: true };
  }
  if (auth !== undefined) throw failure("OPTION_ALONE", { option: "--auth", needed: "--images" });
  const file = configFile(context);
  if (file === undefined) throw failure("NOTHING_TO_SYNC", {});
  const config = loadConfig(file, environment);
  return { settings: config, isImageSyncer: false, config };
}

/** The rules with what the flags say put over what the files say. @throws PLATFORM_INVALID */
export function applyFlags(
  rules: readonly MirrorRule[],
  { os, arch, referrers, adapt }: Pick<SyncOptions, "os" | "arch" | "referrers" | "adapt">,
): readonly MirrorRule[] {
  const platforms = platformsFromFlags(os, arch);
  return rules.map((rule) => ({
    ...rule,
    ...(platforms !== undefined && { platforms }),
    ...(referrers !== undefined && { referrers }),
    ...(adapt && { destinations: rule.destinations.map((destination) => ({ ...destination, adapt })) }),
  }));
}
