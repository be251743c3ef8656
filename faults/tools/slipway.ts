import { builtCommand } from "../../scripts/support/built-command.ts";
import type { Slipway } from "./player.ts";
import { runIn } from "./workplace.ts";

const COMMAND = await builtCommand();

/** What this checkout is as a package, with its own defaults. */
export const slipway: Slipway = {
  kind: "slipway",
  name: "slipway",
  executable: COMMAND,
  version: ["--version"],
  copy: ({ from, to }, setting = {}) => runIn([COMMAND, "copy", from, to], setting),
  run: (args, setting = {}) => runIn([COMMAND, ...args], setting),
};
