import { adapt } from "./adapt.ts";
import { ADAPTATIONS } from "./adapted.ts";
import type { ReadManifest } from "./entries.ts";
import { type Form, formOf } from "./form.ts";
import type { Refusals } from "./refusals.ts";
import { Refused } from "./refused.ts";

/** An image and what refers to it, on the way to one destination. */
export interface Consignment {
  readonly source: Pick<Form, "root" | "companions">;
  readonly store: string;
  /** Whether what can be sent is sent where some of it is refused. */
  readonly adapt: boolean;
  readonly read: ReadManifest;
  /** @throws Refused */
  readonly send: (form: Form) => Promise<void>;
}

/**
 * Sends an image as it is; where the destination refuses some of it and that is wanted, as much as can be.
 * @returns what was sent
 * @throws ATTESTATION_REFUSED, REFERRER_REFUSED, NESTED_INDEX_REFUSED, MANIFEST_REFUSED, and what `send` throws
 */
export async function deliver(consignment: Consignment, refusals: Refusals): Promise<Form> {
  const { source, store, send } = consignment;
  const refusedSoFar: Refused[] = [];
  let form = formOf(source, undefined);
  for (;;) {
    try {
      await send(form);
      for (const refused of refusedSoFar) refusals.learn(store, refused);
      return form;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusedSoFar.push(error);
      const next = consignment.adapt ? await without(refusedSoFar, consignment) : undefined;
      if (next === undefined) throw error.failure(store, source.root.descriptor.digest);
      form = next;
    }
  }
}

/** The image without anything that was refused of it, with as little changed as that takes. */
async function without(refused: readonly Refused[], { source, read }: Consignment): Promise<Form | undefined> {
  const companions = new Set(refused.flatMap(({ companion }) => companion ?? []));
  const ofImage = refused.filter(({ companion }) => companion === undefined);
  if (ofImage.length === 0) return formOf(source, undefined, companions);
  for (const adaptation of ADAPTATIONS) {
    const image = await adapt(source.root, adaptation, read);
    if (image !== undefined && !ofImage.some(({ manifest }) => image.digests.has(manifest.descriptor.digest))) {
      return formOf(source, image, companions);
    }
  }
  return undefined;
}
