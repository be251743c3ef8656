import { spawn } from "node:child_process";
import { join } from "node:path";
import { failure } from "../words/error.ts";
import type { Environment } from "./inputs.ts";

const SLIPWAY = join(import.meta.dirname, "../../bin/slipway");

const INTERRUPTIONS = ["SIGINT", "SIGTERM"] as const;
/** What a shell gives for a process that a signal ended. */
const KILLED = 137;

/**
 * Runs Slipway to its end, without a shell; what it prints goes where this process' output goes. A job that is
 * cancelled interrupts it, too, and waits for it to put things in order.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 * @returns its exit code
 * @throws ACTION_NOT_STARTED
 */
export async function runCommand(argv: readonly string[], folder: string, environment: Environment): Promise<number> {
  const child = spawn(SLIPWAY, argv, { cwd: folder, env: { ...environment }, stdio: ["ignore", "inherit", "inherit"] });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of INTERRUPTIONS) process.on(signal, forward);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", (cause) =>
        reject(failure("ACTION_NOT_STARTED", { folder, reason: cause.message }, { cause })),
      );
      child.once("close", (code) => resolve(code ?? KILLED));
    });
  } finally {
    for (const signal of INTERRUPTIONS) process.off(signal, forward);
  }
}
