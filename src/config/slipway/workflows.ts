import type * as z from "zod";
import { failure } from "../../words/error.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, type Tree } from "../reading/tree.ts";
import type { WorkflowKind, workflowsSchema } from "../schema/workflows.ts";
import { type ActionPin, parseActionPin } from "./action-pin.ts";

/** What begins a release by itself. */
export type ReleaseTrigger =
  | { readonly kind: "tag" }
  | {
      readonly kind: "main";
      readonly branch: string;
      /** A command of bash that prints the version, or nothing. */
      readonly version: string;
    }
  | {
      readonly kind: "workflow_run";
      /** Names of workflows, one or more. */
      readonly ci: readonly string[];
      readonly branch: string;
      readonly version: string;
    };

interface Branches {
  /** None: no push begins it. */
  readonly branches: readonly string[];
  readonly minutes: number;
}

/** How `slipway workflows` writes, defaults filled in. */
export interface WorkflowSettings {
  readonly slipway?: ActionPin;
  /** Left out: those that the configuration gives a reason for. */
  readonly write?: readonly WorkflowKind[];
  readonly release: {
    /** Left out: only by hand. */
    readonly trigger?: ReleaseTrigger;
    /** Whether it can be begun by hand, with a version. */
    readonly byHand: boolean;
    /** The name of a secret. */
    readonly token?: string;
    readonly minutes: number;
  };
  readonly sync: Branches & { readonly cron: readonly string[] };
  readonly buildPush: Branches;
  readonly pr: Branches;
  readonly environment?: string;
  /** Names of variables. */
  readonly secrets: readonly string[];
  readonly vars: readonly string[];
  readonly idToken: boolean;
}

type Written = Readonly<z.output<typeof workflowsSchema>>;
type WrittenRelease = NonNullable<Written["release"]>;

/** Tells what does not go with the rest, by its key of `workflows.release`. */
type Refuse = (key: keyof WrittenRelease, reason: string) => undefined;

/** Where the configuration says nothing of workflows. */
export const DEFAULT_WORKFLOWS: WorkflowSettings = settingsOf({}, () => undefined);

/** Fills in the defaults of `workflows:`. What does not go together is a problem at its place. */
export function readWorkflowSettings(written: Written, tree: Tree, problems: Problems): WorkflowSettings {
  const release = entryOf(tree, "release")?.value ?? tree;
  return settingsOf(written, (key, reason) => {
    const where = formatPlace((entryOf(release, key)?.value ?? release).place);
    problems.add(failure("CONFIG_VALUE_INVALID", { where, key: `workflows.release.${key}`, reason }));
    return undefined;
  });
}

function settingsOf(written: Written, refuse: Refuse): WorkflowSettings {
  const { slipway, write, release = {}, environment, secrets = [], vars = [], idToken = false } = written;
  const { on = ["tag", "dispatch"], token } = release;
  const trigger = triggerOf(on, release, refuse);
  return {
    ...(slipway !== undefined && { slipway: parseActionPin(slipway) }),
    ...(write !== undefined && { write }),
    release: {
      ...(trigger !== undefined && { trigger }),
      byHand: on.includes("dispatch"),
      ...(token !== undefined && { token }),
      minutes: release.minutes ?? 60,
    },
    sync: { cron: ["17 0 * * *"], branches: ["publish"], minutes: 120, ...written.sync },
    buildPush: { branches: ["main"], minutes: 60, ...written.buildPush },
    pr: { branches: ["main"], minutes: 30, ...written.pr },
    ...(environment !== undefined && { environment }),
    secrets,
    vars,
    idToken,
  };
}

function triggerOf(on: readonly string[], written: WrittenRelease, refuse: Refuse): ReleaseTrigger | undefined {
  const [kind, second] = on.filter((one) => one !== "dispatch");
  if (second !== undefined)
    return refuse("on", `${kind} and ${second} could both release one commit: keep one of them`);
  const { ci, version, branch = "main" } = written;
  if (kind !== "workflow_run" && ci !== undefined) return refuse("ci", "it goes with `on: workflow_run`");
  if (kind === "tag" || kind === undefined) {
    const foreign = (["version", "branch"] as const).find((key) => written[key] !== undefined);
    if (foreign !== undefined) return refuse(foreign, "it goes with `on: main` or `on: workflow_run`");
    return kind === undefined ? undefined : { kind };
  }
  if (version === undefined) return refuse("on", `${kind} needs \`version\`, a command that prints the version`);
  if (kind === "main") return { kind, branch, version };
  if (ci === undefined) return refuse("on", "workflow_run needs `ci`, the name of a workflow");
  return { kind: "workflow_run", ci, branch, version };
}
