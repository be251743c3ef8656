import picomatch from "picomatch";
import type { GitHubEvent } from "./github-event.ts";
import type { Workflow } from "./workflow.ts";

type Filters = Workflow["on"]["push"];

/** Whether an event begins a workflow. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
export function isTriggered({ on }: Workflow, { name, ref, payload }: GitHubEvent): boolean {
  switch (name) {
    case "push":
      return on.push !== undefined && isPushMeant(on.push, ref);
    case "pull_request":
      return on.pull_request !== undefined && matches(on.pull_request?.branches, text(payload, "base", "ref"));
    case "workflow_run":
      return on.workflow_run !== undefined && isEndMeant(on.workflow_run, payload);
    case "schedule":
      return on.schedule?.some(({ cron }) => cron === payload.schedule) ?? false;
    case "workflow_dispatch":
      return on.workflow_dispatch !== undefined;
  }
}

function isPushMeant(filters: Filters, ref: string): boolean {
  if (filters?.branches === undefined && filters?.tags === undefined) return true;
  const patterns = ref.startsWith("refs/tags/") ? filters.tags : filters.branches;
  return patterns !== undefined && matches(patterns, ref.replace(/^refs\/(?:tags|heads)\//, ""));
}

function isEndMeant(filters: Filters, payload: GitHubEvent["payload"]): boolean {
  return (
    matches(filters?.branches, text(payload, "head_branch")) &&
    (filters?.types ?? ["requested", "completed"]).includes(String(payload.action)) &&
    (filters?.workflows?.includes(text(payload, "name")) ?? false)
  );
}

function matches(patterns: readonly string[] | undefined, name: string): boolean {
  return patterns === undefined || picomatch.isMatch(name, [...patterns]);
}

/** Of what the event is about. */
function text(payload: GitHubEvent["payload"], ...keys: readonly string[]): string {
  let value: unknown = payload.workflow_run ?? payload.pull_request;
  for (const key of keys) value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return String(value);
}
