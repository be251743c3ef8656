import { basename, dirname, resolve } from "node:path";
import type { Config } from "../../config/slipway/load-config.ts";

/** What people call the whole: `name` of the configuration, else its folder. */
export function projectOf({ name, file }: Pick<Config, "name" | "file">): string {
  return name ?? basename(dirname(resolve(file)));
}
