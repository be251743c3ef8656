import type { Lines } from "./lines.ts";

/** A key or a step of a workflow, down to the keys of steps. */
export interface OutlineNode {
  /** How a person finds it: `jobs.release.steps.docker/setup-buildx-action`. */
  readonly id: string;
  /** Spaces before it. */
  readonly indent: number;
  /** The line where it begins, and the one after its last. Counted from 0. */
  readonly start: number;
  readonly end: number;
}

/** Spaces before keys of the workflow, below them, of a job, before steps, and before keys of a step. */
const TOP = 0;
const BELOW_TOP = 2;
const JOB_KEY = 4;
const STEP = 6;
const STEP_KEY = 8;

const KEY = /^( *)(?:- )?"?([\w-]+)"?:(?: +(.*))?$/;

/**
 * The places of a workflow as Slipway writes it, in order. Steps are known by their names, and those without by their
 * actions: commits and versions change.
 */
export function outlineOf(lines: Lines): readonly OutlineNode[] {
  const found: { id: string; indent: number; start: number }[] = [];
  const path: { key: string; indent: number }[] = [];
  for (const [start, line] of lines.entries()) {
    const [, spaces = "", key, value = ""] = KEY.exec(line) ?? [];
    if (key === undefined) continue;
    const indent = spaces.length;
    const isStep = line.startsWith("- ", indent);
    const above = path.filter((one) => one.indent < indent);
    if (
      !isPlace(
        above.map((one) => one.key),
        indent,
        isStep,
      )
    )
      continue;
    const own = isStep ? stepName(key, value) : key;
    path.splice(0, path.length, ...above, { key: own, indent });
    found.push({ id: path.map((one) => one.key).join("."), indent, start });
  }
  return found.map((node, at) => {
    const next = found.slice(at + 1).find(({ indent }) => indent <= node.indent);
    return { ...node, end: lastTextLine(lines, node.start, next?.start ?? lines.length) + 1 };
  });
}

function isPlace(above: readonly string[], indent: number, isStep: boolean): boolean {
  const [top, , list] = above;
  if (indent === TOP || indent === BELOW_TOP) return !isStep && above.length === indent / 2;
  if (top !== "jobs") return false;
  if (indent === JOB_KEY) return !isStep && above.length === 2;
  if (list !== "steps") return false;
  return indent === STEP ? isStep && above.length === 3 : indent === STEP_KEY && !isStep && above.length === 4;
}

function stepName(key: string, value: string): string {
  const text = value.replace(/ +#.*$/, "").replace(/^"(.*)"$/, "$1");
  return key === "uses" ? text.replace(/@.*$/, "") : text;
}

function lastTextLine(lines: Lines, start: number, end: number): number {
  let last = end - 1;
  while (last > start && (lines[last] ?? "").trim() === "") last -= 1;
  return last;
}
