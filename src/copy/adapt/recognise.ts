import type { Digest } from "../../oci/digest.ts";
import { DOCKER_INDEX, DOCKER_MANIFEST } from "../../oci/media-types.ts";
import type { Found } from "../find-source.ts";
import type { Destination } from "../plan.ts";
import { adapt } from "./adapt.ts";
import { ADAPTATIONS, type Adaptation, type Adapted } from "./adapted.ts";
import { formOf } from "./form.ts";

/** What an earlier run made of an image for a destination that refuses some of it. */
export interface Recognised {
  readonly digest: Digest;
  readonly adapted: Adapted;
}

/**
 * Looks whether a destination has what an earlier run made of this very image; undefined where it has not.
 * @param there what its tag stands for
 * @param found the image at the source
 */
export async function recognise(
  destination: Destination,
  there: Digest | undefined,
  found: Pick<Found, "manifest" | "read" | "companions">,
): Promise<Recognised | undefined> {
  const { target, tag } = destination;
  if (tag !== undefined && there === undefined) return undefined;
  const source = { root: await found.manifest(), companions: found.companions };
  for (const adaptation of ADAPTATIONS) {
    if (!(await isWorthMaking(adaptation, destination))) continue;
    const image = await adapt(source.root, adaptation, found.read);
    if (image === undefined) continue;
    const { digest } = image.root.descriptor;
    const isThere = tag === undefined ? (await target.resolve(digest)) !== undefined : digest === there;
    const { adapted } = formOf(source, image);
    if (isThere && adapted !== undefined) return { digest, adapted };
  }
  return undefined;
}

/** Docker's types take reading every platform's manifest: only where what is there is of those types. */
async function isWorthMaking(adaptation: Adaptation, { target, tag }: Destination): Promise<boolean> {
  if (adaptation !== "media-types") return true;
  const mediaType = tag === undefined ? undefined : (await target.resolve(tag))?.mediaType;
  return mediaType === DOCKER_INDEX || mediaType === DOCKER_MANIFEST;
}
