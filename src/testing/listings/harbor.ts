import type { Digest } from "../../oci/digest.ts";
import { type Answer, json } from "../registry/answer.ts";
import { basicUser, grants } from "../registry/guard.ts";
import { listedTags, pageOf, type Question } from "./question.ts";

const PATH = /^\/api\/v2\.0\/projects\/([^/]+)(?:\/repositories\/([^/]+)\/artifacts)?$/;
const MOST = 100;

/**
 * Harbor's projects and their artifacts, newest first. The registry's tokens are no login here, name and password are.
 * https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml (getProject, listArtifacts)
 */
export function harbor(question: Question): Answer {
  const [, project = "", encoded] = PATH.exec(question.incoming.url.pathname) ?? [];
  // the server decodes a path once, and the API once more
  const name = encoded === undefined ? "" : decodeURIComponent(encoded);
  if (project === "" || name.includes("/")) return problem(404, "NOT_FOUND", "the path was not found");
  const repository = `${project}/${decodeURIComponent(name)}`;
  const refusal = refusalOf(question, repository);
  if (refusal !== undefined) return refusal;
  return encoded === undefined ? showProject(question, project) : artifacts(question, repository);
}

function refusalOf({ state, incoming }: Question, repository: string): Answer | undefined {
  const { auth } = state.options;
  if (auth === undefined || auth.kind === "none") return undefined;
  const caller = basicUser(auth, incoming.headers.authorization);
  if (caller === "wrong") return problem(401, "UNAUTHORIZED", "unauthorized");
  if (grants(auth, caller, repository, "pull")) return undefined;
  return caller.user === undefined
    ? problem(401, "UNAUTHORIZED", "unauthorized")
    : problem(403, "FORBIDDEN", "forbidden");
}

function showProject({ options }: Question, name: string): Answer {
  const proxied = options.isProxy === true ? { registry_id: 7 } : {};
  return json(200, { project_id: 1, name, owner_id: 1, repo_count: 1, ...proxied, metadata: { public: "true" } });
}

function artifacts(question: Question, repository: string): Answer {
  const tags = listedTags(question, repository);
  if (tags === undefined) return problem(404, "NOT_FOUND", `repository ${repository} not found`);
  const byDigest = new Map<Digest, string[]>();
  for (const [tag, digest] of tags) {
    if (digest !== undefined) byDigest.set(digest, [...(byDigest.get(digest) ?? []), tag]);
  }
  const all = [...byDigest].toReversed();
  const { page, size } = pageOf(question, "page_size", MOST);
  const shown = all.slice((page - 1) * size, page * size).map(([digest, names], id) => ({
    id,
    type: "IMAGE",
    media_type: "application/vnd.oci.image.config.v1+json",
    manifest_media_type: "application/vnd.oci.image.manifest.v1+json",
    digest,
    size: 1000,
    push_time: "2026-11-01T10:00:00.000Z",
    tags: names.map((name) => ({ id, name, artifact_id: id, push_time: "2026-11-01T10:00:00.000Z", immutable: false })),
  }));
  return json(200, shown, { "x-total-count": String(all.length) });
}

function problem(status: number, code: string, message: string): Answer {
  return json(status, { errors: [{ code, message }] });
}
