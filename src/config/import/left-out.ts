import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import type { Entry } from "../reading/tree.ts";
import type { Draft } from "./draft.ts";

/** Says which entries are not carried over; extensions (`x-…`) mean nothing where they come from either. */
export function tellLeftOut(entries: readonly Entry[], known: readonly string[], draft: Draft): void {
  for (const { key, place } of entries) {
    if (known.includes(key) || key.startsWith("x-")) continue;
    draft.notices.push(notice("notice.left-out", { where: formatPlace(place), key }));
  }
}
