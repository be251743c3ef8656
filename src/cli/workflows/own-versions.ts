import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readSource } from "../../config/reading/source.ts";
import type { ActionVersion } from "../../workflows/versions.ts";
import { parseActionVersions, VERSIONS_FILE } from "../../workflows/versions-file.ts";

/** Where a project has its own versions of actions: beside the configuration. */
export function versionsFile(config: string): string {
  return join(dirname(config), VERSIONS_FILE);
}

/** A project's own versions of actions; none where there is no such file. @throws ACTION_VERSIONS_INVALID */
export function ownVersions(config: string): readonly ActionVersion[] {
  const file = versionsFile(config);
  return existsSync(file) ? versionsIn(file) : [];
}

/** @throws CONFIG_UNREADABLE, ACTION_VERSIONS_INVALID */
export function versionsIn(file: string): readonly ActionVersion[] {
  return parseActionVersions(readSource(file).text, file);
}
