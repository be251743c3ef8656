import picomatch from "picomatch";
import { failure, type SlipwayError } from "../words/error.ts";
import { CHANGE_STATUSES, type Change, type ChangeStatus } from "./change.ts";

/** Whether a change is meant when it matches some of the rules, or only when it matches every one. */
export type Quantifier = "some" | "every";

/** Which changes are meant. */
export interface Filter {
  readonly quantifier: Quantifier;
  readonly rules: readonly FilterRule[];
}

export interface FilterRule {
  /** One of them has to match; each may begin with `!`, and then matches whatever the rest does not. */
  readonly globs: readonly string[];
  /** Left out: any. */
  readonly statuses?: readonly ChangeStatus[];
  readonly matches: (path: string) => boolean;
}

/**
 * Reads rules as https://github.com/dorny/paths-filter (v4) does: a glob, a list of rules (lists inside of lists are part
 * of them), or `{ "added|modified": glob or list of globs }`. Globs are picomatch's, and match names with a leading dot.
 *
 * With "some", the default, every rule adds: `!docs/**` alone matches nearly everything, whatever stands beside it.
 * Exclusions need "every", or one glob such as `!(docs|test)/**`.
 * @throws FILTER_INVALID with the reason
 */
export function parseFilter(patterns: unknown, quantifier: Quantifier = "some"): Filter {
  const rules = rulesOf(patterns);
  if (rules.length === 0) throw refusal(patterns, "there is no pattern in it");
  return { quantifier, rules };
}

/** The changes that a filter means, in their order. */
export function matchingChanges({ quantifier, rules }: Filter, changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => {
    const isMeant = ({ statuses, matches }: FilterRule) =>
      (statuses?.includes(change.status) ?? true) && matches(change.path);
    return quantifier === "every" ? rules.every(isMeant) : rules.some(isMeant);
  });
}

function rulesOf(patterns: unknown): readonly FilterRule[] {
  if (typeof patterns === "string") return [ruleOf([patterns])];
  if (Array.isArray(patterns)) return patterns.flatMap(rulesOf);
  if (typeof patterns !== "object" || patterns === null)
    throw refusal(patterns, "it is neither a glob nor a list of them");
  return Object.entries(patterns).map(([statuses, globs]) => ({
    ...ruleOf(globsOf(globs)),
    statuses: statusesOf(statuses),
  }));
}

function ruleOf(globs: readonly string[]): FilterRule {
  try {
    return { globs, matches: picomatch([...globs], { dot: true }) };
  } catch (cause) {
    throw refusal(globs, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function globsOf(globs: unknown): readonly string[] {
  const list = [globs].flat(Number.POSITIVE_INFINITY);
  if (list.length === 0) throw refusal(globs, "there is no pattern in it");
  return list.map((glob) => {
    if (typeof glob !== "string") throw refusal(glob, "it is not a glob");
    return glob;
  });
}

function statusesOf(text: string): readonly ChangeStatus[] {
  const names = text.split("|").map((name) => name.trim().toLowerCase());
  return names.map((name) => {
    const status = CHANGE_STATUSES.find((known) => known === name);
    if (status === undefined) throw refusal(text, `"${name}" is not one of ${CHANGE_STATUSES.join(", ")}`);
    return status;
  });
}

function refusal(patterns: unknown, reason: string, cause?: unknown): SlipwayError {
  const text = (JSON.stringify(patterns) ?? String(patterns)).slice(0, 300);
  return failure("FILTER_INVALID", { text, reason }, { cause });
}
