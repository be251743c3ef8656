import { z } from "zod";
import { isDigest } from "../oci/digest.ts";
import { failure } from "../words/error.ts";
import type { Asset, Release } from "./release.ts";
import type { Session } from "./session.ts";

/** What is read of a release. https://docs.github.com/en/rest/releases/releases#get-a-release */
const ReleaseShape = z
  .object({
    id: z.number(),
    tag_name: z.string(),
    target_commitish: z.string(),
    name: z.string().nullish(),
    body: z.string().nullish(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    immutable: z.boolean().optional(),
    html_url: z.string(),
    upload_url: z.string(),
    created_at: z.string(),
    published_at: z.string().nullish(),
  })
  .transform(
    (release): Release => ({
      id: release.id,
      tag: release.tag_name,
      name: release.name ?? "",
      state: release.draft ? "draft" : "published",
      prerelease: release.prerelease,
      immutable: release.immutable ?? false,
      body: release.body ?? "",
      htmlUrl: release.html_url,
      uploadUrl: release.upload_url,
      createdAt: release.created_at,
      ...(release.published_at && { publishedAt: release.published_at }),
      target: release.target_commitish,
    }),
  );

/** https://docs.github.com/en/rest/releases/assets#get-a-release-asset */
const AssetShape = z
  .object({
    id: z.number(),
    name: z.string(),
    label: z.string().nullish(),
    size: z.number(),
    state: z.enum(["uploaded", "starter", "open"]),
    digest: z.string().nullish(),
    content_type: z.string(),
    browser_download_url: z.string(),
  })
  .transform(
    ({ digest, ...asset }): Asset => ({
      id: asset.id,
      name: asset.name,
      label: asset.label ?? "",
      size: asset.size,
      state: asset.state,
      ...(digest && isDigest(digest) && { digest }),
      contentType: asset.content_type,
      downloadUrl: asset.browser_download_url,
    }),
  );

export const readRelease = (session: Session, what: string, data: unknown) => read(session, what, ReleaseShape, data);
export const readAsset = (session: Session, what: string, data: unknown) => read(session, what, AssetShape, data);

/**
 * The data of an answer, if it is what GitHub documents.
 * @param what the operation, for the error
 * @throws GITHUB_ANSWER
 */
export function read<T>({ api }: Session, what: string, shape: z.ZodType<T>, data: unknown): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const reason = `${issue?.path.join(".") || "the whole"}: ${issue?.message ?? "not readable"}`;
  throw failure("GITHUB_ANSWER", { host: api.host, operation: what, reason });
}
