import { asFailure, type SlipwayError } from "../words/error.ts";
import { type ImageFacts, imageFacts } from "./image-facts.ts";
import type { Outlet } from "./outlets.ts";

/** What one outlet says of a tag, now. */
export type Sighting = { readonly outlet: Pick<Outlet, "name" | "required" | "adapt"> } & (
  | { readonly state: "absent" }
  | ({ readonly state: "there" } & ImageFacts)
  /** It could not be asked. This is never taken for absence. */
  | { readonly state: "unknown"; readonly error: SlipwayError }
);

/** Asks every outlet for a tag, side by side. Nothing is thrown for one that does not answer: it is unknown there. */
export function sight(outlets: readonly Outlet[], tag: string): Promise<readonly Sighting[]> {
  return Promise.all(
    outlets.map(async (outlet): Promise<Sighting> => {
      try {
        const facts = await imageFacts(outlet.target, tag);
        return facts === undefined ? { outlet, state: "absent" } : { outlet, state: "there", ...facts };
      } catch (thrown) {
        return { outlet, state: "unknown", error: asFailure(thrown) };
      }
    }),
  );
}
