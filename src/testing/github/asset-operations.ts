import { z } from "zod";
import { addAsset, deleteAsset } from "./asset-rules.ts";
import { type AnyOperation, type Call, type OperationId, operation } from "./operation.ts";
import { PAGE_PARAMETERS, pageReply } from "./paging.ts";
import { Problem } from "./problem.ts";
import { missing, releaseOf } from "./release-operations.ts";
import { assetShape } from "./shapes.ts";
import type { StoredAsset, StoredRelease } from "./state.ts";

const AT = { at: "api", permission: "contents=read", needs: "read", query: {}, body: {} } as const;

export const ASSET_OPERATIONS: readonly AnyOperation[] = [
  operation({
    ...AT,
    id: "repos/list-release-assets",
    method: "GET",
    path: "/repos/{owner}/{repo}/releases/{release_id}/assets",
    page: "releases/assets#list-release-assets",
    query: PAGE_PARAMETERS,
    handle: (call) => {
      const release = releaseOf(call);
      const path = `/releases/${release.id}/assets`;
      return pageReply(call, path, call.query, release.assets, (asset) => assetShape(call, release, asset));
    },
  }),
  operation({
    ...AT,
    id: "repos/upload-release-asset",
    at: "uploads",
    method: "POST",
    path: "/repos/{owner}/{repo}/releases/{release_id}/assets",
    page: "releases/assets#upload-a-release-asset",
    needs: "write",
    permission: "contents=write",
    query: { name: z.string().min(1), label: z.string().optional() },
    handle: upload,
  }),
  operation({
    ...AT,
    id: "repos/get-release-asset",
    method: "GET",
    path: "/repos/{owner}/{repo}/releases/assets/{asset_id}",
    page: "releases/assets#get-a-release-asset",
    handle: (call) => {
      const { release, asset } = assetOf(call);
      if (call.headers.accept !== "application/octet-stream") {
        return { status: 200, body: assetShape(call, release, asset) };
      }
      return { status: 200, bytes: asset.bytes, headers: { "content-type": asset.contentType } };
    },
  }),
  operation({
    ...AT,
    id: "repos/delete-release-asset",
    method: "DELETE",
    path: "/repos/{owner}/{repo}/releases/assets/{asset_id}",
    page: "releases/assets#delete-a-release-asset",
    needs: "write",
    permission: "contents=write",
    handle: (call) => {
      const { release, asset } = assetOf(call);
      deleteAsset(release, asset.id);
      return { status: 204 };
    },
  }),
];

function upload(call: Call<"repos/upload-release-asset">) {
  const release = releaseOf(call);
  const { "content-length": length = "", "content-type": contentType } = call.headers;
  if (!/^\d+$/.test(length)) throw new Problem(400, `Bad Content-Length: ${length}`, { page: "" });
  if (contentType === undefined) throw new Problem(400, "Multipart form data required", { page: "" });
  const { name, label } = call.query;
  const bytes = call.fault === "wrong-bytes" ? flipped(call.bytes) : call.bytes;
  const given = { name, contentType, bytes, ...(label !== undefined && { label }) };
  if (call.fault === "starter") {
    addAsset(call.state, release, given, "starter");
    throw new Problem(502, "Server Error");
  }
  return { status: 201, body: assetShape(call, release, addAsset(call.state, release, given)) };
}

function flipped(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other.writeUInt8((other[0] ?? 0) ^ 1, 0);
  return other;
}

function assetOf({ state, path, mayWrite }: Call<OperationId>): { release: StoredRelease; asset: StoredAsset } {
  for (const release of state.releases) {
    const asset = release.assets.find(({ id }) => String(id) === path.asset_id);
    if (asset !== undefined && (mayWrite || !release.draft)) return { release, asset };
  }
  return missing();
}
