import { asFailure } from "../words/error.ts";
import type { Journal } from "./journal.ts";

/** What a run changes that outlives it, here or elsewhere. */
export type EffectKind =
  | "download"
  | "unpack"
  | "build"
  | "put-blob"
  | "put-manifest"
  | "create-draft"
  | "update-draft"
  | "delete-asset"
  | "upload-asset"
  | "publish"
  | "edit-release";

export interface Effect {
  readonly kind: EffectKind;
  /** Of what kind there is only one: `docker.io/hagicode/app:1.2.3`, `app.zip`. */
  readonly subject: string;
}

/**
 * The one door that every durable or remote effect goes through. The intent is recorded before, what became of it
 * after. Whoever performs one has observed first that it is needed, so that a run that was killed between the two
 * finds out by observing, not from the record.
 */
export interface Effects {
  perform<T>(effect: Effect, work: () => Promise<T>): Promise<T>;
}

/** Effects that are recorded in a journal. */
export function recordedIn(journal: Journal): Effects {
  return {
    perform: async (effect, work) => {
      await journal.write({ state: "intent", ...effect });
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work();
      } catch (thrown) {
        await journal.write({ state: "failed", ...effect, code: asFailure(thrown).code });
        throw thrown;
      }
      await journal.write({ state: "done", ...effect });
      return result;
    },
  };
}
