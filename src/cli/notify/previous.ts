import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { asFailure, failure } from "../../words/error.ts";
import type { Ending } from "./news.ts";

/** How the same work ended the time before; `unknown` on a machine that never did it, as a fresh runner. */
export type Previous = "success" | "failure" | "unknown";

const keptSchema = z.object({ version: z.literal(1), ended: z.enum(["success", "failure"]), at: z.string() });

/** The conclusions of GitHub Actions that are failures. https://docs.github.com/rest/checks/runs */
const FAILURES: readonly string[] = ["failure", "timed_out", "startup_failure"];

export function previousFile(folder: string, work: string): string {
  return join(folder, ".slipway", "notify", `${work}.json`);
}

/**
 * What SLIPWAY_PREVIOUS says, where somebody knows better than a file: a conclusion of GitHub Actions. Anything else in
 * it, `cancelled` or nothing, is not known. Undefined: the variable is not set.
 */
export function previousGiven({ SLIPWAY_PREVIOUS }: NodeJS.ProcessEnv): Previous | undefined {
  if (SLIPWAY_PREVIOUS === undefined) return undefined;
  if (FAILURES.includes(SLIPWAY_PREVIOUS)) return "failure";
  return SLIPWAY_PREVIOUS === "success" ? "success" : "unknown";
}

/** What the last run has kept; what cannot be read is not known. */
export async function previousKept(file: string): Promise<Previous> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, "utf8"))).ended;
  } catch {
    return "unknown";
  }
}

/** Keeps how a run has ended, for the next one. @throws FILE_UNWRITABLE */
export async function keepEnding(file: string, ending: Ending): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  const ended = ending === "good" ? "success" : "failure";
  try {
    await mkdir(dirname(file), { recursive: true });
    // Git does not see the folder: it is this machine's affair.
    await writeFile(join(dirname(dirname(file)), ".gitignore"), "*\n");
    await writeFile(temporary, `${JSON.stringify({ version: 1, ended, at: new Date().toISOString() })}\n`);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw failure("FILE_UNWRITABLE", { file, reason: asFailure(cause).message }, { cause });
  }
}
