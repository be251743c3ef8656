import { DEFAULT_PATIENCE, patiently } from "../copy/patience.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import type { Served } from "./push.ts";

/** What an outlet serves under a tag when it is asked again. */
export type Comparison = { readonly served: Served; readonly tag: string } & (
  | { readonly state: "same" }
  | { readonly state: "wrong"; readonly error: SlipwayError }
);

/**
 * Reads back from every outlet what it serves under the tags, and compares it with what it should: one small question
 * an outlet and tag, and more where an outlet does not see yet what it has just taken. Nothing is thrown: what cannot be
 * asked is wrong.
 * @param patience milliseconds that an outlet is given to see it
 */
export async function compareServed(
  served: readonly Served[],
  tags: readonly string[],
  patience = DEFAULT_PATIENCE,
): Promise<readonly Comparison[]> {
  return Promise.all(
    served.flatMap((one) =>
      tags.map(async (tag): Promise<Comparison> => {
        const waiting = { patience, isResent: true, isEarly: isNotSeenYet };
        const error = await patiently(() => readBack(one, tag), waiting).then(() => undefined, asFailure);
        return error === undefined ? { served: one, tag, state: "same" } : { served: one, tag, state: "wrong", error };
      }),
    ),
  );
}

/** @throws DIGEST_NOT_SERVED */
async function readBack({ outlet, digest }: Served, tag: string): Promise<void> {
  const there = await outlet.target.resolve(tag);
  if (there?.digest === digest) return;
  const image = `${outlet.target.name}:${tag}`;
  throw failure(
    "DIGEST_NOT_SERVED",
    { image, expected: digest, found: there?.digest ?? NOTHING },
    { retryable: there === undefined },
  );
}

const NOTHING = "nothing";

/** Another image will not go away by waiting. */
function isNotSeenYet(thrown: unknown): boolean {
  const error = asFailure(thrown);
  return error.code === "DIGEST_NOT_SERVED" && error.facts.found === NOTHING;
}
