import { join } from "node:path";
import type { Slipway } from "./player.ts";
import { runIn } from "./workplace.ts";

const COMMAND = join(import.meta.dirname, "../../bin/slipway");

/** This checkout, with its own defaults. */
export const slipway: Slipway = {
  kind: "slipway",
  name: "slipway",
  executable: COMMAND,
  version: ["--version"],
  copy: ({ from, to }, setting = {}) => runIn([COMMAND, "copy", from, to], setting),
  run: (args, setting = {}) => runIn([COMMAND, ...args], setting),
};
