import type { Adapted } from "../copy/adapt/adapted.ts";
import { survey } from "../copy/survey.ts";
import type { Asset, GitHub, Release } from "../github/index.ts";
import type { Digest } from "../oci/digest.ts";
import { asFailure, type SlipwayError } from "../words/error.ts";
import { findRelease } from "./github-release.ts";
import type { Outlet } from "./outlets.ts";
import { digestsIn } from "./release-body.ts";
import { type Sighting, sight } from "./sightings.ts";

/** What can be found out about a version by asking, now. Nothing of it is from memory. */
export interface VersionState {
  readonly version: string;
  /** The image's tag. */
  readonly tag: string;
  readonly places: readonly PlaceState[];
  /** Left out where no repository on GitHub is known. */
  readonly release?: ReleaseState;
  /** What every place should serve: what the release names, else what the first place serves. */
  readonly expected?: Digest;
}

export interface PlaceState {
  readonly sighting: Sighting;
  readonly repository: string;
  /** It serves what was made of the image for a registry that refuses some of it. */
  readonly adapted?: Adapted;
}

export type ReleaseState = { readonly repository: string; readonly tag: string } & (
  | { readonly state: "none" }
  | {
      readonly state: "draft" | "published";
      readonly release: Release;
      readonly assets: readonly Asset[];
      /** By repository, as its text names them. */
      readonly digests: ReadonlyMap<string, string>;
    }
  | { readonly state: "unknown"; readonly error: SlipwayError }
);

/** Where to ask about the release. */
export interface ReleasePlace {
  readonly github: GitHub;
  readonly repository: string;
  readonly tag: string;
}

/** Asks all outlets and GitHub about a version. Nothing is thrown for one that does not answer: it is unknown there. */
export async function versionState(
  version: string,
  tag: string,
  outlets: readonly Outlet[],
  place: ReleasePlace | undefined,
): Promise<VersionState> {
  const [sightings, release] = await Promise.all([sight(outlets, tag), place && releaseState(place)]);
  const expected = expectedDigest(sightings, release, outlets);
  const places = await Promise.all(sightings.map((sighting, at) => placeState(sighting, outlets, at, tag, expected)));
  return {
    version,
    tag,
    places,
    ...(release !== undefined && { release }),
    ...(expected !== undefined && { expected: expected.digest }),
  };
}

async function releaseState({ github, repository, tag }: ReleasePlace): Promise<ReleaseState> {
  try {
    const release = await findRelease(github, tag);
    if (release === undefined) return { repository, tag, state: "none" };
    const assets = await github.assets(release.id);
    return { repository, tag, state: release.state, release, assets, digests: digestsIn(release.body) };
  } catch (thrown) {
    return { repository, tag, state: "unknown", error: asFailure(thrown) };
  }
}

interface Expected {
  readonly digest: Digest;
  /** An outlet that serves it. */
  readonly outlet?: Outlet;
}

function expectedDigest(
  sightings: readonly Sighting[],
  release: ReleaseState | undefined,
  outlets: readonly Outlet[],
): Expected | undefined {
  const there = sightings.flatMap((one, at) =>
    one.state === "there" ? [{ digest: one.digest, outlet: outlets[at] }] : [],
  );
  const whole = there.filter(({ outlet }) => outlet?.adapt !== true);
  const named = release !== undefined && "digests" in release ? new Set(release.digests.values()) : new Set<string>();
  const best = whole.find(({ digest }) => named.has(digest)) ?? whole[0] ?? there[0];
  return best && { digest: best.digest, ...(best.outlet !== undefined && { outlet: best.outlet }) };
}

async function placeState(
  sighting: Sighting,
  outlets: readonly Outlet[],
  at: number,
  tag: string,
  expected: Expected | undefined,
): Promise<PlaceState> {
  const outlet = outlets[at];
  const state = { sighting, repository: outlet?.target.name ?? sighting.outlet.name };
  const isOther = sighting.state === "there" && expected?.digest !== sighting.digest;
  if (!isOther || outlet?.adapt !== true || expected?.outlet === undefined) return state;
  const request = { source: expected.outlet.target, reference: expected.digest, referrers: false };
  const { outcomes } = await survey([{ ...request, destinations: [{ target: outlet.target, tag, adapt: true }] }]);
  const [outcome] = outcomes;
  const adapted = outcome?.status === "skipped" ? outcome.adapted : undefined;
  return { ...state, ...(adapted !== undefined && { adapted }) };
}
