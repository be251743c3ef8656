/** The entry of the Action's last step: what the process brings, and its exit code. */
import { runAction } from "./run-action.ts";

process.exitCode = await runAction(process.env, (line) => process.stdout.write(`${line}\n`));
