import type { Digest } from "../oci/digest.ts";
import { assetNameOnGitHub } from "./asset-name.ts";
import type { Asset, Release } from "./release.ts";

/** A file that a release is to have. */
export interface WantedAsset {
  /** As the file is called. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly digest: Digest;
}

/** Why an asset that is there cannot stay. */
export type Flaw = "unfinished" | "size" | "digest";

export interface AssetConflict {
  readonly wanted: WantedAsset;
  /** What is there in its place. */
  readonly asset?: Asset;
  /**
   * `immutable`: the release can never change; `published`: it is another file in a release that people use already;
   * `same-name`: GitHub would call it what it calls another wanted one; `empty`, `too-large`: GitHub takes no such file.
   */
  readonly reason: "immutable" | "published" | "same-name" | "empty" | "too-large";
}

/** What it takes to make a release's assets those that are wanted. */
export interface AssetPlan {
  /** `size`: this GitHub tells no digests. */
  readonly keep: readonly { readonly wanted: WantedAsset; readonly asset: Asset; readonly by: "digest" | "size" }[];
  readonly remove: readonly { readonly asset: Asset; readonly flaw: Flaw }[];
  readonly upload: readonly WantedAsset[];
  readonly conflicts: readonly AssetConflict[];
  /** Assets that nobody has asked about. */
  readonly others: readonly Asset[];
}

/** "Each file included in a release must be under 2 GiB". https://docs.github.com/en/repositories/releasing-projects-on-github/about-releases#storage-and-bandwidth-quotas */
const MOST_BYTES = 2 * 1024 ** 3 - 1;

/** Compares what a release is to hold with what it holds, by state, size and digest. Nothing is asked or done. */
export function assetProblems(
  wanted: readonly WantedAsset[],
  there: readonly Asset[],
  release: Pick<Release, "state" | "immutable">,
): AssetPlan {
  const plan: { [Key in keyof AssetPlan]: AssetPlan[Key][number][] } = {
    keep: [],
    remove: [],
    upload: [],
    conflicts: [],
    others: [],
  };
  const taken = new Set<string>();
  const matched = new Set<Asset>();
  for (const one of wanted) {
    const name = assetNameOnGitHub(one.name);
    const asset = there.find((candidate) => !matched.has(candidate) && isNamed(candidate, one.name, name));
    if (taken.has(name)) {
      plan.conflicts.push({ wanted: one, reason: "same-name" });
      continue;
    }
    taken.add(name);
    if (asset !== undefined) matched.add(asset);
    const flaw = asset === undefined ? undefined : flawOf(asset, one);
    if (asset !== undefined && flaw === undefined) {
      plan.keep.push({ wanted: one, asset, by: asset.digest === undefined ? "size" : "digest" });
      continue;
    }
    const reason = obstacleTo(one, flaw, release);
    if (reason !== undefined) {
      plan.conflicts.push({ wanted: one, ...(asset !== undefined && { asset }), reason });
      continue;
    }
    if (asset !== undefined && flaw !== undefined) plan.remove.push({ asset, flaw });
    plan.upload.push(one);
  }
  plan.others.push(...there.filter((asset) => !matched.has(asset)));
  return plan;
}

/** Where GitHub has renamed it in a way of its own, the label still tells. */
function isNamed({ name, label }: Asset, file: string, nameOnGitHub: string): boolean {
  return name === nameOnGitHub || name === file || label === file;
}

function flawOf(asset: Asset, wanted: WantedAsset): Flaw | undefined {
  if (asset.state !== "uploaded") return "unfinished";
  if (asset.size !== wanted.size) return "size";
  return asset.digest !== undefined && asset.digest !== wanted.digest ? "digest" : undefined;
}

/** What keeps an asset from being uploaded, in place of a flawed one or as a new one. */
function obstacleTo(
  { size }: WantedAsset,
  flaw: Flaw | undefined,
  { state, immutable }: Pick<Release, "state" | "immutable">,
): AssetConflict["reason"] | undefined {
  if (immutable) return "immutable";
  if (state === "published" && (flaw === "size" || flaw === "digest")) return "published";
  if (size === 0) return "empty";
  return size > MOST_BYTES ? "too-large" : undefined;
}
