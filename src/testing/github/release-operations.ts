import { z } from "zod";
import { type AnyOperation, type Call, type OperationId, operation } from "./operation.ts";
import { PAGE_PARAMETERS, pageReply } from "./paging.ts";
import { notFound, validationFailed } from "./problem.ts";
import { createRelease, deleteRelease, latestRelease, type ReleaseFields, updateRelease } from "./release-rules.ts";
import { releaseShape } from "./shapes.ts";
import { commitOf, type State, type StoredRelease } from "./state.ts";

const AT = { at: "api", permission: "contents=read", needs: "read", query: {}, body: {} } as const;
const WRITES = { ...AT, permission: "contents=write", needs: "write" } as const;

/** What both creating and updating a release take. */
const FIELDS = {
  target_commitish: z.string().optional(),
  name: z.string().optional(),
  body: z.string().optional(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  discussion_category_name: z.string().optional(),
  make_latest: z.enum(["true", "false", "legacy"]).optional(),
};

export const RELEASE_OPERATIONS: readonly AnyOperation[] = [
  operation({
    ...AT,
    id: "repos/list-releases",
    method: "GET",
    path: "/repos/{owner}/{repo}/releases",
    page: "releases/releases#list-releases",
    query: PAGE_PARAMETERS,
    handle: (call) => pageReply(call, "/releases", call.query, listed(call), (release) => releaseShape(call, release)),
  }),
  operation({
    ...WRITES,
    id: "repos/create-release",
    method: "POST",
    path: "/repos/{owner}/{repo}/releases",
    page: "releases/releases#create-a-release",
    body: { ...FIELDS, tag_name: z.string(), generate_release_notes: z.boolean().optional() },
    handle: (call) => {
      refuseDiscussions(call.body);
      const { generate_release_notes: generates = false, ...fields } = call.body;
      const release = createRelease(call.state, generates ? withNotes(call, fields) : fields);
      const body = releaseShape(call, release);
      return { status: 201, body, headers: { location: body.url } };
    },
  }),
  operation({
    ...WRITES,
    id: "repos/generate-release-notes",
    method: "POST",
    path: "/repos/{owner}/{repo}/releases/generate-notes",
    page: "releases/releases#generate-release-notes-content-for-a-release",
    body: {
      tag_name: z.string(),
      target_commitish: z.string().optional(),
      previous_tag_name: z.string().optional(),
      configuration_file_path: z.string().optional(),
    },
    handle: (call) => {
      const { tag_name: tag, target_commitish: target = call.state.defaultBranch, previous_tag_name: from } = call.body;
      if (from !== undefined && !call.state.tags.has(from)) throw validationFailed("Invalid previous_tag parameter");
      if (!call.state.tags.has(tag) && commitOf(call.state, target) === undefined) {
        throw validationFailed("Invalid target_commitish parameter");
      }
      return { status: 200, body: { name: tag, body: notesOf(call, tag, from) } };
    },
  }),
  operation({
    ...AT,
    id: "repos/get-latest-release",
    method: "GET",
    path: "/repos/{owner}/{repo}/releases/latest",
    page: "releases/releases#get-the-latest-release",
    handle: (call) => ({ status: 200, body: releaseShape(call, latestRelease(call.state) ?? missing()) }),
  }),
  operation({
    ...AT,
    id: "repos/get-release-by-tag",
    method: "GET",
    path: "/repos/{owner}/{repo}/releases/tags/{+tag}",
    page: "releases/releases#get-a-release-by-tag-name",
    handle: (call) => {
      const found = call.state.releases.find(({ tag, draft }) => tag === call.path.tag && !draft);
      return { status: 200, body: releaseShape(call, found ?? missing()) };
    },
  }),
  operation({
    ...AT,
    id: "repos/get-release",
    method: "GET",
    path: "/repos/{owner}/{repo}/releases/{release_id}",
    page: "releases/releases#get-a-release",
    handle: (call) => ({ status: 200, body: releaseShape(call, releaseOf(call)) }),
  }),
  operation({
    ...WRITES,
    id: "repos/update-release",
    method: "PATCH",
    path: "/repos/{owner}/{repo}/releases/{release_id}",
    page: "releases/releases#update-a-release",
    body: { ...FIELDS, tag_name: z.string().optional() },
    handle: (call) => {
      refuseDiscussions(call.body);
      const release = releaseOf(call);
      updateRelease(call.state, release, call.body);
      return { status: 200, body: releaseShape(call, release) };
    },
  }),
  operation({
    ...WRITES,
    id: "repos/delete-release",
    method: "DELETE",
    path: "/repos/{owner}/{repo}/releases/{release_id}",
    page: "releases/releases#delete-a-release",
    handle: (call) => {
      deleteRelease(call.state, releaseOf(call));
      return { status: 204 };
    },
  }),
];

/** The release of a path's `release_id`. Drafts are there for those only who may write. */
export function releaseOf({ state, path, mayWrite }: Pick<Call<OperationId>, "state" | "path" | "mayWrite">) {
  const found = state.releases.find(({ id }) => String(id) === path.release_id);
  return found === undefined || (found.draft && !mayWrite) ? missing() : found;
}

export function missing(): never {
  throw notFound();
}

/** Drafts first, then the newest commit's release. */
function listed({ state, mayWrite }: { readonly state: State; readonly mayWrite: boolean }): readonly StoredRelease[] {
  return state.releases
    .filter(({ draft }) => mayWrite || !draft)
    .sort(
      (one, other) =>
        Number(other.draft) - Number(one.draft) || other.createdAt.localeCompare(one.createdAt) || other.id - one.id,
    );
}

function withNotes(call: Call<"repos/create-release">, fields: ReleaseFields & { readonly tag_name: string }) {
  const body = [fields.body, notesOf(call, fields.tag_name)].filter((part) => part !== undefined).join("\n\n");
  return { ...fields, name: fields.name ?? fields.tag_name, body };
}

/** https://docs.github.com/en/repositories/releasing-projects-on-github/automatically-generated-release-notes */
function notesOf({ state, addresses }: Call<OperationId>, tag: string, from?: string): string {
  const range = from === undefined ? `commits/${tag}` : `compare/${from}...${tag}`;
  const link = `${addresses.pages}/${state.owner}/${state.name}/${range}`;
  return `## What's Changed\n${state.changes.map((line) => `* ${line}\n`).join("")}\n\n**Full Changelog**: ${link}`;
}

/** The repository has no discussions. */
function refuseDiscussions({ discussion_category_name: category }: { readonly discussion_category_name?: string }) {
  if (category !== undefined) throw notFound();
}
