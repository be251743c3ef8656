import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { failure } from "../../words/error.ts";
import type { Environment } from "../options.ts";

/**
 * Gives a later step a value, as `steps.ID.outputs.NAME`. The delimiter is random, so that no value can end itself and
 * begin another output.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 * @returns `none`: nobody reads outputs here
 * @throws STORAGE_FAILED
 */
export async function setOutput(environment: Environment, name: string, value: string): Promise<"written" | "none"> {
  const path = environment.GITHUB_OUTPUT ?? "";
  if (path === "") return "none";
  const delimiter = `slipway-${randomUUID()}`;
  try {
    await appendFile(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw failure("STORAGE_FAILED", { path, reason }, { cause });
  }
  return "written";
}
