import type * as z from "zod";
import { failure, type SlipwayError } from "../../words/error.ts";
import { nearestOf } from "../nearest.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { describe, entryOf, plainOf, type Tree, treeAt } from "../reading/tree.ts";

/** What a schema makes of a tree; undefined, and a problem for each fault, when it does not fit. */
export function validate<S extends z.ZodType>(schema: S, tree: Tree, problems: Problems): z.output<S> | undefined {
  const result = schema.safeParse(plainOf(tree));
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    for (const problem of problemsOfIssue(tree, [], issue)) problems.add(problem);
  }
  return undefined;
}

type Issue = z.core.$ZodIssue;

function problemsOfIssue(tree: Tree, above: readonly PropertyKey[], issue: Issue): readonly SlipwayError[] {
  const path = [...above, ...issue.path];
  const at = treeAt(tree, path);
  if (at === undefined) return [missing(tree, path)];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknown(at, key, issue.message));
  if (issue.code === "invalid_union") {
    // Of several forms, the one that was meant is the one whose kind fits: its own faults say more.
    const meant = issue.errors.find((branch) => !branch.some((inner) => isOtherKind(inner)));
    if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(tree, path, inner));
  }
  const reason =
    issue.code === "invalid_type"
      ? `expected ${KINDS[issue.expected] ?? issue.expected}, found ${describe(at)}`
      : issue.message;
  return [failure("CONFIG_VALUE_INVALID", { where: formatPlace(at.place), key: nameOf(path), reason })];
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((branch) => branch.some(isOtherKind));
  return issue.code === "invalid_type";
}

function missing(tree: Tree, path: readonly PropertyKey[]): SlipwayError {
  const around = treeAt(tree, path.slice(0, -1)) ?? tree;
  return failure("CONFIG_KEY_MISSING", { where: formatPlace(around.place), key: nameOf(path.slice(-1)) });
}

function unknown(tree: Tree, key: string, known: string): SlipwayError {
  const place = entryOf(tree, key)?.place ?? tree.place;
  const where = formatPlace(place);
  const nearest = nearestOf(key, known.split(", "));
  if (nearest === undefined) return failure("CONFIG_KEY_UNKNOWN", { where, key, known });
  return failure("CONFIG_KEY_MISSPELT", { where, key, nearest, known });
}

/** `mirrors[0].tags.semver` */
function nameOf(path: readonly PropertyKey[]): string {
  const name = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return name === "" ? "it" : name.replace(/^\./, "");
}
