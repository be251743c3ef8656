import { z } from "zod";
import { parseRepositoryName } from "../repository-name.ts";
import type { ActionsEvent } from "./run.ts";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const Named = z.object({ full_name: z.string() }).nullish();

export const Common = z.object({
  repository: z.object({ default_branch: z.string().optional(), full_name: z.string().optional() }).optional(),
});

const Push = z
  .object({
    ref: z.string(),
    before: z.string(),
    after: z.string(),
    created: z.boolean(),
    deleted: z.boolean(),
    forced: z.boolean(),
  })
  .transform(
    ({ created, deleted, forced, ...rest }): ActionsEvent => ({
      kind: "push",
      ...rest,
      isCreated: created,
      isDeleted: deleted,
      isForced: forced,
    }),
  );

const End = z.object({ ref: z.string(), sha: z.string(), repo: Named });

const pullRequest = (trigger: "pull_request" | "pull_request_target") =>
  z.object({ number: z.number(), pull_request: z.object({ base: End, head: End }) }).transform(
    ({ number, pull_request: { base, head } }): ActionsEvent => ({
      kind: "pull_request",
      trigger,
      number,
      baseRef: base.ref,
      baseSha: base.sha,
      headRef: head.ref,
      headSha: head.sha,
      ...repositoryOf(head.repo),
      isFork: head.repo?.full_name !== base.repo?.full_name,
    }),
  );

const Schedule = z
  .object({ schedule: z.string() })
  .transform(({ schedule }): ActionsEvent => ({ kind: "schedule", cron: schedule }));

const Dispatch = z
  .object({ inputs: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]).nullish()).nullish() })
  .transform(
    ({ inputs }): ActionsEvent => ({
      kind: "workflow_dispatch",
      inputs: Object.fromEntries(Object.entries(inputs ?? {}).map(([name, value]) => [name, String(value ?? "")])),
    }),
  );

const WorkflowRun = z
  .object({
    repository: Named,
    workflow_run: z.object({
      name: z.string().nullish(),
      head_sha: z.string(),
      head_branch: z.string().nullish(),
      conclusion: z.string().nullish(),
      event: z.string(),
      head_repository: Named,
    }),
  })
  .transform(
    ({ repository, workflow_run: run }): ActionsEvent => ({
      kind: "workflow_run",
      workflow: run.name ?? "",
      headSha: run.head_sha,
      headBranch: run.head_branch ?? "",
      conclusion: run.conclusion ?? "",
      event: run.event,
      ...repositoryOf(run.head_repository),
      isFork: run.head_repository?.full_name !== repository?.full_name,
    }),
  );

const ReleaseEvent = z
  .object({ action: z.string(), release: z.object({ tag_name: z.string(), prerelease: z.boolean() }) })
  .transform(
    ({ action, release }): ActionsEvent => ({
      kind: "release",
      action,
      tag: release.tag_name,
      isPrerelease: release.prerelease,
    }),
  );

const SHAPES: Readonly<Record<string, z.ZodType<ActionsEvent>>> = {
  push: Push,
  pull_request: pullRequest("pull_request"),
  pull_request_target: pullRequest("pull_request_target"),
  schedule: Schedule,
  workflow_dispatch: Dispatch,
  workflow_run: WorkflowRun,
  release: ReleaseEvent,
};

/** How the payload of an event is read. */
export function shapeOf(name: string): z.ZodType<ActionsEvent> {
  return SHAPES[name] ?? z.unknown().transform((): ActionsEvent => ({ kind: "other", name }));
}

function repositoryOf(named: z.infer<typeof Named>) {
  return named ? { headRepository: parseRepositoryName(named.full_name) } : {};
}
