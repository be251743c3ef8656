import { type Remark, remark } from "./remark.ts";
import type { PlaceState, VersionState } from "./version-state.ts";

/** One thing that is not as it should be with a version, and the command that mends it, where one does. */
export interface Diagnosis {
  readonly kind: DiagnosisKind;
  /** Where: a repository of a registry or of GitHub. */
  readonly where: string;
  readonly said: Remark;
  /** A command line, ready to be run. */
  readonly repair?: string;
}

export type DiagnosisKind =
  /** The release is out, and the image is not at a place that it has to be at. */
  | "half-release"
  /** The image is elsewhere, and not here. */
  | "missing"
  | "other-digest"
  /** The place could not be asked. */
  | "unknown"
  /** The image is everywhere, and the release is not. */
  | "release-missing"
  | "draft-left"
  | "asset-unfinished"
  /** The release names another digest than is served. */
  | "release-outdated"
  | "nowhere";

export interface Circumstances {
  /** Whether `slipway release` can go on with it: there is a configuration. */
  readonly configured: boolean;
}

/** What is wrong with a version, by what was observed alone; empty where nothing is. */
export function diagnose(state: VersionState, { configured }: Circumstances): readonly Diagnosis[] {
  const { version, tag, places, release, expected } = state;
  const goOn = configured ? { repair: `slipway release ${version}` } : {};
  const isNowhere = expected === undefined && places.every(({ sighting }) => sighting.state === "absent");
  if (isNowhere && release?.state !== "published" && release?.state !== "draft") {
    return [{ kind: "nowhere", where: tag, said: remark("diagnosis.nowhere", { tag }), ...goOn }];
  }
  const source = places.find(({ sighting }) => sighting.state === "there" && sighting.digest === expected);
  return [
    ...places.flatMap((place) => diagnosePlace(place, state, source, configured)),
    ...diagnoseRelease(state, goOn),
  ];
}

function diagnosePlace(
  { sighting, repository: where, adapted }: PlaceState,
  { tag, expected, version, release }: VersionState,
  source: PlaceState | undefined,
  configured: boolean,
): readonly Diagnosis[] {
  const { name, required } = sighting.outlet;
  switch (sighting.state) {
    case "unknown":
      return [{ kind: "unknown", where, said: remark("diagnosis.unknown", { where, reason: sighting.error.code }) }];
    case "absent": {
      const copy = source && `slipway copy --referrers ${source.repository}:${tag} ${where}:${tag}`;
      const isOut = release === undefined || release.state === "published";
      const goOn =
        isOut && source !== undefined ? `slipway push ${name} --for ${version}` : `slipway release ${version}`;
      const repair = configured ? goOn : copy;
      const kind = release?.state === "published" && required ? "half-release" : "missing";
      const said = remark(`diagnosis.${kind}`, { where, tag });
      return [{ kind, where, said, ...(repair !== undefined && { repair }) }];
    }
    case "there": {
      const { digest } = sighting;
      if (digest === expected || adapted !== undefined) return [];
      const said = remark("diagnosis.other-digest", { where, tag, found: digest, expected: expected ?? "?" });
      return [{ kind: "other-digest", where, said }];
    }
  }
}

function diagnoseRelease(state: VersionState, goOn: Pick<Diagnosis, "repair">): readonly Diagnosis[] {
  const { places, release } = state;
  if (release === undefined) return [];
  const { repository: where, tag } = release;
  switch (release.state) {
    case "unknown":
      return [{ kind: "unknown", where, said: remark("diagnosis.unknown", { where, reason: release.error.code }) }];
    case "none": {
      const isEverywhere = places.every(({ sighting }) => sighting.state === "there" || !sighting.outlet.required);
      if (!isEverywhere) return [];
      return [{ kind: "release-missing", where, said: remark("diagnosis.release-missing", { where, tag }), ...goOn }];
    }
    case "draft":
      return [
        { kind: "draft-left", where, said: remark("diagnosis.draft-left", { where, tag }), ...goOn },
        ...unfinishedAssets(release.assets, where, goOn),
      ];
    case "published":
      return [...unfinishedAssets(release.assets, where, goOn), ...outdatedLines(release.digests, state)];
  }
}

function unfinishedAssets(
  assets: readonly { readonly name: string; readonly state: string }[],
  where: string,
  goOn: Pick<Diagnosis, "repair">,
): readonly Diagnosis[] {
  const names = assets.filter(({ state }) => state !== "uploaded").map(({ name }) => name);
  if (names.length === 0) return [];
  const said = remark("diagnosis.asset-unfinished", { where, names: names.join(", ") });
  return [{ kind: "asset-unfinished", where, said, ...goOn }];
}

/** What the release told people to pull, where that is no longer what they would get by the tag. */
function outdatedLines(digests: ReadonlyMap<string, string>, { places, tag }: VersionState): readonly Diagnosis[] {
  return [...digests].flatMap(([where, named]): readonly Diagnosis[] => {
    const place = places.find(({ repository }) => repository === where);
    if (place?.sighting.state !== "there" || place.sighting.digest === named) return [];
    const said = remark("diagnosis.release-outdated", { where, named, tag, expected: place.sighting.digest });
    return [{ kind: "release-outdated", where, said }];
  });
}
