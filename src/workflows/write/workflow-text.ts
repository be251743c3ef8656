import { CLOSE, OPEN } from "./keep-markers.ts";
import { type Entry, entryLines, indented, type Lines, mappingLines, scalar } from "./lines.ts";
import { type Step, stepLines } from "./step.ts";

/** A workflow of one job: what all that Slipway writes have in common is said here, once. */
export interface Workflow {
  readonly title: string;
  /** What begins it: the lines under `on:`. */
  readonly on: Lines;
  readonly job: Job;
}

export interface Job {
  readonly id: string;
  /** Lines of a condition, without braces. */
  readonly condition?: Lines;
  readonly minutes: number;
  /** Left out: a job without secrets. */
  readonly environment?: string;
  readonly permissions: readonly Entry[];
  readonly concurrency: { readonly group: string; readonly cancels: boolean; readonly why: string };
  readonly steps: readonly Step[];
}

const SIGNATURE = "# Written by `slipway workflows`";

/**
 * The text of a workflow. Rights are given by the job alone. So is concurrency: a job that its condition skips takes no
 * place in a queue, while a whole run would push out of it what waits there.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 * @param file the configuration
 */
export function workflowText(file: string, { title, on, job }: Workflow): string {
  const lines = [
    `${SIGNATURE} from ${file}. To change it, change that file and run the command again.`,
    `# Blocks of your own between \`${OPEN} NAME\` and \`${CLOSE}\` stay where they are.`,
    `name: ${scalar(title)}`,
    "on:",
    ...indented(on),
    "permissions: {}",
    "",
    "jobs:",
    ...indented(jobLines(job)),
  ];
  return `${lines.join("\n")}\n`;
}

/** Whether `slipway workflows` has written a file. */
export function isOurs(text: string): boolean {
  return text.replace(/^\uFEFF/, "").startsWith(SIGNATURE);
}

function jobLines({ id, condition = [], minutes, environment, permissions, concurrency, steps }: Job): Lines {
  const { group, cancels, why } = concurrency;
  const lines = [
    ...(condition.length === 0 ? [] : ["if: >-", ...indented(condition)]),
    "runs-on: ubuntu-latest",
    `timeout-minutes: ${minutes}`,
    ...(environment === undefined ? [] : entryLines({ key: "environment", value: environment })),
    ...mappingLines("permissions", permissions),
    `concurrency: # ${why}`,
    `  group: ${group}`,
    `  cancel-in-progress: ${cancels}`,
    "steps:",
    ...indented(steps.flatMap(stepLines)),
  ];
  return [`${id}:`, ...indented(lines)];
}
