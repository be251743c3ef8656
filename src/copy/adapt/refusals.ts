import type { RawManifest } from "../../oci/manifest.ts";
import type { SlipwayError } from "../../words/error.ts";
import { kindOf } from "./kinds.ts";
import { Refused } from "./refused.ts";

/** Which kinds of manifests the stores of a run do not take, so that a thousand images do not ask a thousand times. */
export class Refusals {
  readonly #answers = new Map<string, SlipwayError>();

  /** What a store has refused is refused in its name. @throws Refused */
  check(store: string, manifest: RawManifest): void {
    if (this.#answers.size === 0) return;
    const answer = this.#answers.get(key(store, manifest));
    if (answer !== undefined) throw new Refused(manifest, answer);
  }

  /** Only what a store has refused of an image that it then took without: that one manifest is bad says nothing of others. */
  learn(store: string, { manifest, answer }: Refused): void {
    this.#answers.set(key(store, manifest), answer);
  }
}

function key(store: string, manifest: RawManifest): string {
  return `${store} ${kindOf(manifest)}`;
}
