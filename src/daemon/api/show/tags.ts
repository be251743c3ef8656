import type { TagRecord } from "../../../store/records.ts";
import type { Words } from "../../../words/words.ts";
import type { TagRowShape } from "../shapes.ts";
import { withError } from "./run.ts";

/** One row for each tag of the source. @param records in order of tag */
export function tagRows(words: Words, records: readonly TagRecord[]): readonly TagRowShape[] {
  return [...Map.groupBy(records, ({ tag }) => tag)].map(([tag, of]) => ({
    tag,
    sourceDigest: latest(of)?.sourceDigest,
    destinations: of.map(({ destination, state, destinationDigest, checkedAt, behindSince, lag, error }) => ({
      destination,
      state,
      digest: destinationDigest,
      checkedAt,
      behindSince,
      lag,
      ...withError(words, error),
    })),
  }));
}

/** Destinations are looked at one by one: the last look knows best what the source has. */
function latest(records: readonly TagRecord[]): TagRecord | undefined {
  const known = records.filter(({ sourceDigest }) => sourceDigest !== undefined);
  return known.toSorted((one, other) => other.checkedAt - one.checkedAt)[0];
}
