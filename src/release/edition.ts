import type { Publishing } from "../config/slipway/load-config.ts";
import {
  type FloatingTag,
  labelsOf,
  parseTagRule,
  type Surroundings,
  type TagRule,
  type TagWarning,
  tagsOf,
} from "../metadata/index.ts";

/** One image on its way out: what it is called and what it says of itself. */
export interface Edition {
  /** Where a version is published: `1.2.3`. */
  readonly version?: string;
  /** The commit's whole hash; left out where there is no checkout. */
  readonly revision?: string;
  /** What every time in the image is: the commit's, so that the same commit gives the same image. */
  readonly created: Date;
  readonly labels: Readonly<Record<string, string>>;
  /** Tags that stand for this edition alone and are never overwritten, the most telling first; may be empty. */
  readonly fixed: readonly string[];
  /** Tags that move with versions: after all else, and only forward. */
  readonly floating: readonly FloatingTag[];
  /** Tags of a branch and the like: they move with each push. */
  readonly moving: readonly FloatingTag[];
  readonly warnings: readonly TagWarning[];
}

/** Where the configuration says nothing of tags. */
export const DEFAULT_RULES: readonly TagRule[] = [
  "{{version}}",
  "latest",
  "type=ref,event=branch",
  "type=ref,event=pr",
].map(parseTagRule);

/** Builds that know no date are of this one; BuildKit's SOURCE_DATE_EPOCH has the same meaning. */
const NO_DATE = new Date(0);

/** Names an edition by the rules of the configuration. Pure: the same facts give the same edition. */
export function editionOf(publishing: Publishing, surroundings: Surroundings): Edition {
  const { tags: rules = DEFAULT_RULES, flavor, labels = {} } = publishing;
  const { version, tags, warnings } = tagsOf(rules, surroundings, flavor);
  const { revision, commitDate } = surroundings;
  const floating = tags.filter((tag) => tag.kind === "floating");
  const moves = ({ line }: FloatingTag) => line === "branch" || line === "other";
  return {
    ...(surroundings.version !== undefined && { version: surroundings.version }),
    ...(revision !== undefined && { revision }),
    created: commitDate ?? NO_DATE,
    labels: labelsOf(surroundings, version, labels),
    fixed: tags.filter(({ kind }) => kind !== "floating").map(({ name }) => name),
    floating: floating.filter((tag) => !moves(tag)),
    moving: floating.filter(moves),
    warnings,
  };
}

/** The name that an edition has in the local layout. */
export function layoutTag({ fixed, moving, floating }: Edition): string {
  return fixed[0] ?? moving[0]?.name ?? floating[0]?.name ?? "latest";
}
