import { type FileHandle, open } from "node:fs/promises";
import { failure } from "../words/error.ts";
import { belongsToApi } from "./address.ts";
import { assetNameOnGitHub } from "./asset-name.ts";
import { contentTypeOf } from "./content-type.ts";
import type { AssetUpload } from "./contract.ts";
import type { Asset, Release } from "./release.ts";
import type { Session } from "./session.ts";
import { readAsset } from "./shapes.ts";

const CHUNK_BYTES = 256 * 1024;

/**
 * Sends a file to a release, under the name that GitHub would make of it.
 * https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
 * @throws GITHUB_UPLOAD_REFUSED, STORAGE_FAILED
 */
export async function uploadTo(
  session: Session,
  { uploadUrl }: Pick<Release, "uploadUrl">,
  { file: path, name: given, label, contentType = contentTypeOf(given) }: AssetUpload,
): Promise<Asset> {
  const name = assetNameOnGitHub(given);
  const shown = label ?? (name === given ? undefined : given);
  const url = assetUrl(session.api, uploadUrl, { name, ...(shown !== undefined && { label: shown }) });
  const file = await onFile(path, () => open(path, "r"));
  try {
    const { size } = await onFile(path, () => file.stat());
    const { data } = await session.octokit.request({
      method: "POST",
      url,
      headers: { "content-type": contentType, "content-length": size },
      data: chunksOf(file, path, size),
    });
    return readAsset(session, "upload a release asset", data);
  } finally {
    await file.close();
  }
}

/** The URI template that a release names, filled; the token goes there. */
function assetUrl(api: URL, template: string, parameters: Readonly<Record<string, string>>): string {
  const text = template.replace(/\{[^}]*\}$/, "");
  const host = api.host;
  if (!URL.canParse(text)) throw failure("GITHUB_UPLOAD_REFUSED", { host, address: "", reason: "it is not a URL" });
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || !belongsToApi(url, api)) {
    throw failure("GITHUB_UPLOAD_REFUSED", { host, address: url.origin, reason: `it is not part of ${api.origin}` });
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Exactly the bytes that were promised, through one buffer: a file that shrinks meanwhile is an error. */
async function* chunksOf(file: FileHandle, path: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    // a fresh one each time: the socket may still hold the last
    const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, size - at));
    const { bytesRead } = await onFile(path, () => file.read(buffer, 0, buffer.byteLength, at));
    if (bytesRead === 0) throw failure("STORAGE_FAILED", { path, reason: `it ends at byte ${at}` });
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw failure("STORAGE_FAILED", { path, reason }, { cause });
  }
}
