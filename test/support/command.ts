import { join } from "node:path";
import { COMMAND_VARIABLE } from "../../scripts/support/built-command.ts";
import { ROOT } from "../house/sources.ts";

/** What tests start: the command as the package has it in `npm test`, and the checkout's own for one file at a time. */
export const SLIPWAY = process.env[COMMAND_VARIABLE] ?? join(ROOT, "bin/slipway");
