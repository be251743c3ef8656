import { z } from "zod";
import { attestationBundle } from "./attestation.ts";
import { type AnyOperation, operation } from "./operation.ts";
import { missing } from "./release-operations.ts";
import { repositoryShape } from "./repository-shape.ts";
import { refShape, tagObjectShape } from "./shapes.ts";

const AT = { at: "api", method: "GET", permission: "contents=read", needs: "read", query: {}, body: {} } as const;

export const REPOSITORY_OPERATIONS: readonly AnyOperation[] = [
  operation({
    ...AT,
    id: "rate-limit/get",
    path: "/rate_limit",
    page: "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
    permission: "metadata=read",
    handle: ({ state: { requestsLeft: remaining } }) => {
      const core = { limit: 5000, remaining, reset: Math.floor(Date.now() / 1000) + 3600, used: 5000 - remaining };
      return { status: 200, body: { resources: { core, search: core }, rate: core } };
    },
  }),
  operation({
    ...AT,
    id: "repos/get",
    path: "/repos/{owner}/{repo}",
    page: "repos/repos#get-a-repository",
    permission: "metadata=read",
    handle: (call) => ({ status: 200, body: repositoryShape(call) }),
  }),
  operation({
    ...AT,
    id: "repos/check-immutable-releases",
    path: "/repos/{owner}/{repo}/immutable-releases",
    page: "repos/repos#check-if-immutable-releases-are-enabled-for-a-repository",
    permission: "administration=read",
    needs: "admin",
    handle: ({ state }) =>
      state.immutableReleases ? { status: 200, body: { enabled: true, enforced_by_owner: false } } : missing(),
  }),
  operation({
    ...AT,
    id: "git/get-ref",
    path: "/repos/{owner}/{repo}/git/ref/{+ref}",
    page: "git/refs#get-a-reference",
    handle: (call) => {
      const tag = /^tags\/(.+)$/.exec(call.path.ref ?? "")?.[1] ?? "";
      return { status: 200, body: call.state.tags.has(tag) ? refShape(call, tag) : missing() };
    },
  }),
  operation({
    ...AT,
    id: "git/list-matching-refs",
    path: "/repos/{owner}/{repo}/git/matching-refs/{+ref}",
    page: "git/refs#list-matching-references",
    handle: (call) => {
      const prefix = call.path.ref ?? "";
      const tags = [...call.state.tags.keys()].filter((tag) => `tags/${tag}`.startsWith(prefix)).sort();
      return { status: 200, body: tags.map((tag) => refShape(call, tag)) };
    },
  }),
  operation({
    ...AT,
    id: "git/get-tag",
    path: "/repos/{owner}/{repo}/git/tags/{tag_sha}",
    page: "git/tags#get-a-tag",
    handle: (call) => {
      const { tag_sha: sha = "" } = call.path;
      const found = [...call.state.tags].find(([, { annotated }]) => annotated === sha);
      return {
        status: 200,
        body: found === undefined ? missing() : tagObjectShape(call, found[0], sha, found[1].commit),
      };
    },
  }),
  operation({
    ...AT,
    id: "repos/list-attestations",
    path: "/repos/{owner}/{repo}/attestations/{subject_digest}",
    page: "repos/attestations#list-attestations",
    permission: "attestations=read",
    query: {
      per_page: z.coerce.number().int().min(1).max(100).optional(),
      before: z.string().optional(),
      after: z.string().optional(),
      predicate_type: z.string().optional(),
    },
    handle: (call) => {
      const { predicate_type: type = "release" } = call.query;
      const found = call.state.attestations.filter(
        ({ subject }) => type === "release" && call.path.subject_digest === `sha1:${subject}`,
      );
      return { status: 200, body: { attestations: found.map((one) => attestationBundle(call, one)) } };
    },
  }),
];
