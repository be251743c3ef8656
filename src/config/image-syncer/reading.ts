import { failure } from "../../words/error.ts";
import type { Notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { describe, type Entry, type Tree } from "../reading/tree.ts";
import type { Environment } from "../variables/lookup.ts";

/** What the readers of one file share: where values come from, and where what they find goes. */
export interface Reading {
  readonly environment: Environment;
  readonly problems: Problems;
  readonly notices: Notice[];
}

export function refuse(at: Tree | Entry, key: string, reason: string, reading: Reading): void {
  reading.problems.add(failure("CONFIG_VALUE_INVALID", { where: formatPlace(at.place), key, reason }));
}

/** A mapping's entries; none, and a problem, when it is something else. */
export function expectMapping(tree: Tree, key: string, of: string, reading: Reading): readonly Entry[] {
  if (tree.kind === "mapping") return tree.entries;
  refuse(tree, key, `expected a mapping (${of}), found ${describe(tree)}`, reading);
  return [];
}
