import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { failure } from "../../words/error.ts";
import { GITHUB_API } from "../address.ts";
import type { Environment } from "../options.ts";
import { parseRepositoryName } from "../repository-name.ts";
import type { ActionsEvent, ActionsRun } from "./run.ts";

/**
 * What a run of GitHub Actions says of itself in its variables and in the file of its event; undefined outside of one.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * @throws ACTIONS_RUN_INVALID, GITHUB_REPOSITORY_INVALID
 */
export async function readActionsRun(environment: Environment): Promise<ActionsRun | undefined> {
  if (environment.GITHUB_ACTIONS !== "true") return undefined;
  const { Common, shapeOf } = await import("./payloads.ts");
  const name = required(environment, "GITHUB_EVENT_NAME");
  const path = required(environment, "GITHUB_EVENT_PATH");
  const payload = await readPayload(path);
  const event = parsed(path, shapeOf(name), payload);
  const { repository: told } = parsed(path, Common, payload);
  const repository = required(environment, "GITHUB_REPOSITORY");
  const serverUrl = environment.GITHUB_SERVER_URL || "https://github.com";
  const sha = required(environment, "GITHUB_SHA");
  const runId = environment.GITHUB_RUN_ID ?? "";
  return {
    event: withBaseRef(event, environment),
    repository: parseRepositoryName(repository),
    serverUrl,
    apiUrl: environment.GITHUB_API_URL || GITHUB_API,
    ref: required(environment, "GITHUB_REF"),
    sha,
    revision: event.kind === "workflow_run" ? event.headSha : sha,
    ...(told?.default_branch !== undefined && { defaultBranch: told.default_branch }),
    runId,
    runAttempt: Number.parseInt(environment.GITHUB_RUN_ATTEMPT ?? "", 10) || 1,
    runUrl: `${serverUrl}/${repository}/actions/runs/${runId}`,
    ...(environment.RUNNER_TEMP && { temporaryFolder: environment.RUNNER_TEMP }),
    isDebug: environment.RUNNER_DEBUG === "1",
  };
}

/** GITHUB_BASE_REF is the branch at the time of the run; the payload's is that of the event. */
function withBaseRef(event: ActionsEvent, { GITHUB_BASE_REF: baseRef }: Environment): ActionsEvent {
  return event.kind === "pull_request" && baseRef ? { ...event, baseRef } : event;
}

function required(environment: Environment, name: string): string {
  const value = environment[name] ?? "";
  if (value !== "") return value;
  throw failure("ACTIONS_RUN_INVALID", { what: name, reason: "it is not set" });
}

async function readPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "it is not JSON" : "it cannot be read";
    throw failure("ACTIONS_RUN_INVALID", { what: path, reason }, { cause });
  }
}

function parsed<T>(path: string, shape: z.ZodType<T>, payload: unknown): T {
  const result = shape.safeParse(payload);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const reason = `${issue?.path.join(".") || "the whole"}: ${issue?.message ?? "not readable"}`;
  throw failure("ACTIONS_RUN_INVALID", { what: path, reason });
}
