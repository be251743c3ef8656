import { type FloatingTag, mayMove } from "../metadata/index.ts";
import type { Digest } from "../oci/digest.ts";
import { asFailure, type SlipwayError } from "../words/error.ts";
import type { Effects } from "./effects.ts";
import { imageFacts } from "./image-facts.ts";
import type { Outlet } from "./outlets.ts";
import type { Served } from "./push.ts";
import { recordedTarget } from "./recorded-target.ts";

/** An outlet, and the digest that its floating tags are to stand for; undefined where that is not built yet. */
export interface FloatingPlace {
  readonly outlet: Outlet;
  readonly digest: Digest | undefined;
}

/** What became of a floating tag at one outlet. */
export type FloatingOutcome = { readonly outlet: Outlet; readonly tag: string } & (
  | { readonly kind: "moved" }
  | { readonly kind: "in-step" }
  | { readonly kind: "stays"; readonly because: "prerelease" | "unordered" | "other-line" }
  /** A newer version holds it. */
  | { readonly kind: "newer"; readonly newer: string }
  | { readonly kind: "failed"; readonly error: SlipwayError }
);

/** What is to be done with a floating tag at one outlet, found out by reading only. */
export type FloatingPlan = Exclude<FloatingOutcome, { kind: "moved" | "failed" }> | FloatingMove;

interface FloatingMove {
  readonly outlet: Outlet;
  readonly tag: string;
  readonly kind: "move";
}

/**
 * Decides for each outlet by what is published there: its tags, and the version that the tag's image names.
 * @param version undefined where a branch is published; its tags always move
 */
export async function planFloating(
  { outlet, digest }: FloatingPlace,
  tags: readonly FloatingTag[],
  version: string | undefined,
): Promise<readonly FloatingPlan[]> {
  const { target } = outlet;
  const published = tags.some(({ line }) => isOfVersions(line)) ? (await Array.fromAsync(target.tags())).flat() : [];
  return Promise.all(
    tags.map(async (tag): Promise<FloatingPlan> => {
      const at = { outlet, tag: tag.name };
      const there = await imageFacts(target, tag.name);
      if (there !== undefined && there.digest === digest) return { ...at, kind: "in-step" };
      const known = there?.version === undefined ? published : [...published, there.version];
      const move = mayMove(tag, version ?? "", known);
      if (move.moves) return { ...at, kind: "move" };
      if (move.because === "newer") return { ...at, kind: "newer", newer: move.newer };
      return { ...at, kind: "stays", because: move.because };
    }),
  );
}

function isOfVersions(line: FloatingTag["line"]): boolean {
  return line !== "branch" && line !== "other";
}

/** Moves floating tags, one outlet beside the other. Nothing is thrown for one that fails. */
export async function moveFloating(
  served: readonly Served[],
  tags: readonly FloatingTag[],
  version: string | undefined,
  effects: Effects,
): Promise<readonly FloatingOutcome[]> {
  const outcomes = await Promise.all(
    served.map(async (one): Promise<readonly FloatingOutcome[]> => {
      try {
        const plans = await planFloating(one, tags, version);
        return await Promise.all(plans.map((plan) => (plan.kind === "move" ? move(one, plan.tag, effects) : plan)));
      } catch (thrown) {
        const error = asFailure(thrown);
        return tags.map(({ name }) => ({ outlet: one.outlet, tag: name, kind: "failed", error }));
      }
    }),
  );
  return outcomes.flat();
}

/** The bytes that the outlet serves already, under one more tag. */
async function move({ outlet, digest }: Served, tag: string, effects: Effects): Promise<FloatingOutcome> {
  try {
    const target = recordedTarget(outlet.target, effects);
    await target.pushManifest(await target.manifest(digest), tag);
    return { outlet, tag, kind: "moved" };
  } catch (thrown) {
    return { outlet, tag, kind: "failed", error: asFailure(thrown).on("destination") };
  }
}
