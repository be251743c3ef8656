import { type Answer, json } from "../registry/answer.ts";
import { isPublic, listedTags, pageOf, type Question } from "./question.ts";

const PATH = /^\/api\/v1\/repository\/(.+)\/tag\/$/;
const MOST = 100;

/**
 * Quay's list of tags, newest first. A registry's credential is no login here, and only active tags are what is there.
 * https://docs.projectquay.io/api_quay.html#_tag
 */
export function quayTags(question: Question): Answer {
  const { url, headers } = question.incoming;
  const [, repository = ""] = PATH.exec(url.pathname) ?? [];
  if (headers.authorization !== undefined || !isPublic(question, repository)) {
    return json(401, { message: "Unauthorized", status: 401, error_type: "insufficient_scope" });
  }
  const tags = listedTags(question, repository)?.toReversed();
  if (tags === undefined) return json(404, { message: "Not Found", status: 404, error_type: "not_found" });
  const { page, size } = pageOf(question, "limit", MOST);
  const dead = url.searchParams.get("onlyActiveTags") === "true" ? [] : tags.map(([tag]) => [tag, DEAD] as const);
  const all = [...tags, ...dead];
  return json(200, {
    tags: all.slice((page - 1) * size, page * size).map(([name, digest]) => ({
      name,
      reversion: false,
      start_ts: 1793000000,
      ...(digest === DEAD && { end_ts: 1793000001 }),
      manifest_digest: digest ?? null,
      is_manifest_list: false,
      size: 1000,
      last_modified: "Sun, 01 Nov 2026 10:00:00 -0000",
    })),
    page,
    has_additional: page * size < all.length,
  });
}

/** What tags stood for in the past. */
const DEAD = `sha256:${"d".repeat(64)}`;
