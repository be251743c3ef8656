import type { components } from "@octokit/openapi-types";
import { mapValues, repositoryUrl, userShape, type View } from "./shapes.ts";
import type { State } from "./state.ts";

/** The links of a repository, relative to its own address. */
const LINKS = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;

export function repositoryShape(view: View): components["schemas"]["full-repository"] {
  const { state, addresses } = view;
  const url = repositoryUrl(view);
  const fullName = `${state.owner}/${state.name}`;
  const page = `${addresses.pages}/${fullName}`;
  const created = "2026-01-01T00:00:00Z";
  return {
    id: state.repositoryId,
    node_id: "R_1",
    name: state.name,
    full_name: fullName,
    owner: userShape(view, state.owner),
    private: state.isPrivate,
    html_url: page,
    description: null,
    fork: false,
    url,
    ...mapValues(LINKS, (path) => url + path),
    git_url: page.replace(/^https?/, "git"),
    ssh_url: `git@github.example.test:${fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 0,
    default_branch: state.defaultBranch,
    open_issues_count: 0,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: state.archived,
    disabled: false,
    visibility: state.isPrivate ? "private" : "public",
    pushed_at: created,
    created_at: created,
    updated_at: created,
    permissions: permissionsOf(state),
    subscribers_count: 0,
    network_count: 0,
    license: null,
    forks: 0,
    open_issues: 0,
    watchers: 0,
  };
}

function permissionsOf({ rights }: State) {
  const isAdmin = rights === "admin";
  const mayPush = isAdmin || rights === "write";
  return { admin: isAdmin, maintain: isAdmin, push: mayPush, triage: mayPush, pull: true };
}
