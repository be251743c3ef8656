import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Settings } from "../../config/settings.ts";
import type { Config, Publishing } from "../../config/slipway/load-config.ts";
import type { Absent } from "../../config/variables/interpolate.ts";
import type { Project } from "../../release/run.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { NO_SETTINGS } from "../session.ts";
import { configFile } from "../settings.ts";

/** A project, and what its configuration says of registries. */
export interface OpenedProject {
  readonly project: Project;
  readonly settings: Settings;
  readonly registries: Config["registries"];
  /** Who is told what runs come to. */
  readonly notify?: Config["notify"];
  /** Left out where there is none: then there is only a Dockerfile. */
  readonly file?: string;
}

const DOCKERFILES = ["Dockerfile", "Containerfile"];

/**
 * The project of the configuration, or of this folder where it has a Dockerfile.
 * @param absent what becomes of values whose variables are not set: work that asks no registry needs no secrets
 * @throws CONFIG_*; BUILD_SETTINGS_MISSING where there is neither
 */
export async function openProject(context: Context, absent: Absent): Promise<OpenedProject> {
  const file = configFile(context);
  if (file === undefined) {
    const folder = process.cwd();
    if (!hasDockerfile(folder)) throw failure("BUILD_SETTINGS_MISSING", { folder });
    return { project: projectAt(folder, undefined, {}), settings: NO_SETTINGS, registries: [] };
  }
  const { loadConfig } = await import("../../config/slipway/load-config.ts");
  const config = loadConfig(file, context.environment, absent);
  return { project: projectOf(config), settings: config, registries: config.registries, notify: config.notify, file };
}

/** The project that a configuration is of. */
export function projectOf({ file, name, publishing }: Config): Project {
  return projectAt(resolve(dirname(file)), name, publishing);
}

function projectAt(folder: string, name: string | undefined, publishing: Publishing): Project {
  return { folder, name: name ?? basename(folder), publishing };
}

function hasDockerfile(folder: string): boolean {
  return DOCKERFILES.some((name) => existsSync(join(folder, name)));
}
