import { assetNameOnGitHub } from "../../github/asset-name.ts";
import { digestOf } from "../../oci/digest.ts";
import { Problem, validationFailed } from "./problem.ts";
import { nextId, now, type State, type StoredAsset, type StoredRelease } from "./state.ts";

export interface Upload {
  readonly name: string;
  readonly label?: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** https://docs.github.com/en/repositories/releasing-projects-on-github/about-releases#storage-and-bandwidth-quotas */
const MOST_ASSETS = 1000;

/** Adds an asset, under the name that GitHub makes of its file's. */
export function addAsset(
  state: State,
  release: StoredRelease,
  { name: given, label = "", contentType, bytes }: Upload,
  outcome: StoredAsset["state"] = "uploaded",
): StoredAsset {
  if (release.immutable) throw new Problem(422, "Cannot upload assets to an immutable release.", { page: "" });
  const name = assetNameOnGitHub(given);
  if (release.assets.some((asset) => asset.name === name)) {
    throw validationFailed({ resource: "ReleaseAsset", code: "already_exists", field: "name" });
  }
  if (release.assets.length >= MOST_ASSETS) {
    throw validationFailed({ resource: "ReleaseAsset", code: "custom", message: "file_count limited to 1000" });
  }
  if (bytes.byteLength === 0 && outcome === "uploaded") {
    const message = "size must be greater than or equal to 1";
    throw validationFailed({ resource: "ReleaseAsset", code: "custom", field: "size", message });
  }
  const isWhole = outcome === "uploaded";
  const asset: StoredAsset = {
    id: nextId(state),
    name,
    label,
    contentType,
    state: outcome,
    bytes: isWhole ? bytes : Buffer.alloc(0),
    digest: isWhole && state.digests ? digestOf(bytes) : undefined,
    createdAt: now(state),
  };
  release.assets.push(asset);
  return asset;
}

export function deleteAsset(release: StoredRelease, id: number): void {
  if (release.immutable) throw new Problem(422, "Cannot delete asset from an immutable release.", { page: "" });
  release.assets = release.assets.filter((asset) => asset.id !== id);
}
