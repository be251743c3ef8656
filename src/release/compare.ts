import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import type { Served } from "./push.ts";

/** What an outlet serves under a tag when it is asked again. */
export type Comparison = { readonly served: Served; readonly tag: string } & (
  | { readonly state: "same" }
  | { readonly state: "wrong"; readonly error: SlipwayError }
);

/**
 * Reads back from every outlet what it serves under the tags, and compares it with what it should: one small question
 * an outlet and tag. Nothing is thrown: what cannot be asked is wrong.
 */
export async function compareServed(
  served: readonly Served[],
  tags: readonly string[],
): Promise<readonly Comparison[]> {
  return Promise.all(
    served.flatMap((one) =>
      tags.map(async (tag): Promise<Comparison> => {
        const error = await wrongAt(one, tag).catch(asFailure);
        return error === undefined ? { served: one, tag, state: "same" } : { served: one, tag, state: "wrong", error };
      }),
    ),
  );
}

async function wrongAt({ outlet, digest }: Served, tag: string): Promise<SlipwayError | undefined> {
  const there = await outlet.target.resolve(tag);
  if (there?.digest === digest) return undefined;
  const image = `${outlet.target.name}:${tag}`;
  return failure("DIGEST_NOT_SERVED", { image, expected: digest, found: there?.digest ?? "nothing" });
}
