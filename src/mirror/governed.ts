import type { TagTest } from "../config/tags/tag-pattern.ts";
import { type Reference, repositoryOf } from "../oci/reference.ts";
import type { Expansion, Selection } from "./expand.ts";
import { isReferrerTag } from "./referrer-tags.ts";
import { selectionTest } from "./select-tags.ts";

/** A destination, and the selections that say which tags it should have. */
export interface Governed {
  readonly repository: Reference;
  readonly selections: readonly [GoverningSelection, ...GoverningSelection[]];
  /** The tags that some rule wants there. */
  readonly wanted: ReadonlySet<string>;
}

type GoverningSelection = Selection & { readonly means: TagTest };

/**
 * The destinations of selections. Left out are those of a rule that failed, of one that chose nothing, which is more
 * often a slip than a wish, and of one that mirrors a repository to itself.
 */
export function governedRepositories({ requests, failed, selections }: Expansion): readonly Governed[] {
  const leftOut = new Set(failed.map(({ destination }) => destination));
  const governed = new Map<string, Governed>();
  for (const selection of selections) {
    const governing = { ...selection, means: selectionTest(selection.selection) };
    for (const { repository } of selection.rule.destinations) {
      const name = repositoryOf(repository);
      if (selection.isIdle || name === repositoryOf(selection.rule.source)) leftOut.add(name);
      const known = governed.get(name);
      const all = known === undefined ? ([governing] as const) : ([...known.selections, governing] as const);
      governed.set(name, { repository, selections: all, wanted: known?.wanted ?? wantedAt(name, requests) });
    }
  }
  return [...governed].flatMap(([name, one]) => (leftOut.has(name) ? [] : [one]));
}

function wantedAt(name: string, requests: Expansion["requests"]): ReadonlySet<string> {
  const destinations = requests.flatMap((request) => request.destinations);
  return new Set(destinations.flatMap(({ target, tag }) => (target.name === name ? (tag ?? []) : [])));
}

/**
 * The selections that mean a tag of this name, where no rule wants it. Those of what refers to images are nobody's own:
 * they come with their image.
 */
export function governing(tag: string, { selections, wanted }: Governed): readonly Selection[] {
  return wanted.has(tag) || isReferrerTag(tag) ? [] : selections.filter(({ means }) => means(tag));
}
