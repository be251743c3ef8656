import { type Answer, json } from "../registry/answer.ts";
import { isPublic, listedTags, pageOf, type Question } from "./question.ts";

const PATH = /^\/v2\/namespaces\/([^/]+)\/repositories\/([^/]+)\/tags$/;
const MOST = 100;

/**
 * Docker Hub's list of tags, newest first. Repositories that are not public are not there for nobody; a registry's
 * credential is no login here.
 * https://docs.docker.com/reference/api/hub/latest/#tag/repositories/operation/ListRepositoryTags
 */
export function hubTags(question: Question): Answer {
  const { url, headers } = question.incoming;
  if (headers.authorization !== undefined) return json(401, { detail: "Incorrect authentication credentials" });
  const [, namespace, name] = PATH.exec(url.pathname) ?? [];
  const repository = `${namespace}/${name}`;
  const tags = isPublic(question, repository) ? listedTags(question, repository)?.toReversed() : undefined;
  if (tags === undefined) return json(404, { message: "object not found", errinfo: { namespace, repository: name } });
  const { page, size } = pageOf(question, "page_size", MOST);
  const at = (number: number) => `${url.origin}${url.pathname}?page=${number}&page_size=${size}`;
  return json(200, {
    count: tags.length,
    next: page * size < tags.length ? at(page + 1) : null,
    previous: page > 1 ? at(page - 1) : null,
    results: tags.slice((page - 1) * size, page * size).map(([tag, digest], index) => ({
      creator: 1156886,
      id: (page - 1) * size + index,
      images: [
        { architecture: "amd64", os: "linux", digest: `sha256:${"0".repeat(64)}`, size: 1000, status: "active" },
      ],
      last_updated: "2026-11-01T10:00:00.000000Z",
      name: tag,
      repository: 21191,
      full_size: 1000,
      v2: true,
      tag_status: "active",
      media_type: "application/vnd.oci.image.index.v1+json",
      content_type: "image",
      ...(digest !== undefined && { digest }),
    })),
  });
}
