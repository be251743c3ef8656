import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const CONFIG_FILE = "slipway.yaml";

/** The `slipway.yaml` of a folder or of the nearest folder above it, as an absolute path. */
export function findConfig(folder: string): string | undefined {
  const here = resolve(folder);
  const file = join(here, CONFIG_FILE);
  if (existsSync(file)) return file;
  const above = dirname(here);
  return above === here ? undefined : findConfig(above);
}
