import { NO_COUNTS, type Outcome } from "../copy/outcome.ts";
import type { Removal } from "../copy/plan.ts";
import { type Reference, repositoryOf } from "../oci/reference.ts";
import type { ReadTarget } from "../target/target.ts";
import { asFailure } from "../words/error.ts";
import type { Expansion, Selection } from "./expand.ts";
import { type Governed, governedRepositories, governing } from "./governed.ts";

/** What is at destinations and wanted by no rule. */
export interface Extras {
  readonly removals: readonly Removal[];
  /** Repositories that could not be looked at. */
  readonly failed: readonly Outcome[];
}

/**
 * Finds the tags that are at a destination although no rule would put them there: a selection governs their names, but
 * its source has them no more, or has too many that are newer. Only reads.
 * @param at gives a repository itself: places that stand in for a source may be behind, and prove nothing
 */
export async function findExtras(expansion: Expansion, at: (repository: Reference) => ReadTarget): Promise<Extras> {
  const looked = await Promise.all(governedRepositories(expansion).map((governed) => lookAt(governed, at)));
  return { removals: looked.flatMap(({ removals }) => removals), failed: looked.flatMap(({ failed }) => failed) };
}

async function lookAt(governed: Governed, at: (repository: Reference) => ReadTarget): Promise<Extras> {
  const target = at(governed.repository);
  try {
    const tags = (await Array.fromAsync(target.tags())).flat();
    const found = await Promise.all(
      tags.map(async (tag): Promise<readonly Removal[]> => {
        const selections = governing(tag, governed);
        const [first] = selections;
        if (first === undefined || !(await isGone(tag, selections, at))) return [];
        const there = await target.resolve(tag);
        if (there === undefined) return [];
        const source = repositoryOf(first.rule.source);
        return [{ source, destination: target.name, tag, digest: there.digest }];
      }),
    );
    return { removals: found.flat(), failed: [] };
  } catch (thrown) {
    const source = repositoryOf(governed.selections[0].rule.source);
    const error = asFailure(thrown).on("destination");
    return { removals: [], failed: [{ source, destination: target.name, status: "failed", error, ...NO_COUNTS }] };
  }
}

/**
 * A list of tags may lack some (pages that were lost, a registry behind its own pushes), so each source that does not
 * list the tag is asked for it by name.
 */
async function isGone(
  tag: string,
  selections: readonly Selection[],
  at: (repository: Reference) => ReadTarget,
): Promise<boolean> {
  const unlisted = selections.filter(({ listed }) => !listed.has(tag));
  const answers = unlisted.map(async ({ rule }) => {
    try {
      return await at(rule.source).resolve(tag);
    } catch (thrown) {
      throw asFailure(thrown).on("source");
    }
  });
  return (await Promise.all(answers)).every((there) => there === undefined);
}
