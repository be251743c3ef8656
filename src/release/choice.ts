import type { BuildSettings } from "../config/slipway/publishing.ts";
import type { Digest } from "../oci/digest.ts";
import { type Choice, chooseImage } from "./choose-image.ts";
import { imageFacts } from "./image-facts.ts";
import type { Run } from "./run.ts";
import { type Sighting, sight } from "./sightings.ts";

/** Looks everywhere for the edition's image, and decides. @throws VERSION_TAKEN, DIGESTS_DIFFER, VERSION_UNKNOWABLE */
export async function choiceFor(run: Run, sightings?: readonly Sighting[]): Promise<Choice> {
  const { edition, outlets, project } = run;
  const [tag] = edition.fixed;
  // Without a name that stands for it alone, nothing that exists can be known to be it.
  if (tag === undefined) return { kind: "build" };
  const built = await builtHere(run, tag);
  return chooseImage({
    tag,
    sightings: sightings ?? (await sight(outlets, tag)),
    deterministic: isDeterministic(project.publishing.build),
    ...(edition.revision !== undefined && { revision: edition.revision }),
    ...(built !== undefined && { built }),
  });
}

/** What an earlier run has built of the same revision. */
async function builtHere({ layout, edition }: Run, tag: string): Promise<Digest | undefined> {
  const facts = await imageFacts(layout, tag);
  return facts?.revision === edition.revision ? facts?.digest : undefined;
}

/** Whether building again gives the same digest: only layers do, on nothing or on what cannot change. */
function isDeterministic(build: BuildSettings | undefined): boolean {
  if (build?.with !== "layers") return false;
  const { from = "scratch" } = build;
  return from === "scratch" || /@sha(?:256|512):/.test(from);
}
