import type { components } from "@octokit/openapi-types";
import type { Addresses } from "./addresses.ts";
import type { State, StoredAsset, StoredRelease } from "./state.ts";

type Schemas = components["schemas"];

export interface View {
  readonly state: State;
  readonly addresses: Addresses;
}

const USER_TEMPLATES = {
  followers_url: "/followers",
  following_url: "/following{/other_user}",
  gists_url: "/gists{/gist_id}",
  starred_url: "/starred{/owner}{/repo}",
  subscriptions_url: "/subscriptions",
  organizations_url: "/orgs",
  repos_url: "/repos",
  events_url: "/events{/privacy}",
  received_events_url: "/received_events",
} as const;

export function userShape({ addresses }: View, login: string): Schemas["simple-user"] {
  const url = `${addresses.api}/users/${login}`;
  const links = mapValues(USER_TEMPLATES, (path) => url + path);
  return {
    login,
    id: 1,
    node_id: "U_1",
    avatar_url: `${addresses.pages}/avatars/1`,
    gravatar_id: "",
    url,
    html_url: `${addresses.pages}/${login}`,
    type: "User",
    site_admin: false,
    ...links,
  };
}

export function repositoryUrl({ state, addresses }: View): string {
  return `${addresses.api}/repos/${state.owner}/${state.name}`;
}

function pageOf({ state, addresses }: View): string {
  return `${addresses.pages}/${state.owner}/${state.name}`;
}

export function releaseShape(view: View, release: StoredRelease): Schemas["release"] {
  const { state, addresses } = view;
  const url = `${repositoryUrl(view)}/releases/${release.id}`;
  const archive = (kind: string) =>
    release.draft ? null : `${repositoryUrl(view)}/${kind}/${encodeURIComponent(release.tag)}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${addresses.uploads}/repos/${state.owner}/${state.name}/releases/${release.id}/assets{?name,label}`,
    html_url: `${pageOf(view)}/releases/tag/${pageNameOf(release)}`,
    id: release.id,
    author: userShape(view, "octocat"),
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    immutable: release.immutable,
    prerelease: release.prerelease,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    assets: release.assets.map((asset) => assetShape(view, release, asset)),
    tarball_url: archive("tarball"),
    zipball_url: archive("zipball"),
    body: release.body,
  };
}

/** A draft's page has no name that lasts. */
function pageNameOf({ draft, id, tag }: StoredRelease): string {
  return draft ? `untagged-${id.toString(16).padStart(20, "0")}` : encodeURIComponent(tag);
}

/** `starter` stands in the description of the operation, but not in the schema. */
type AssetShape = Omit<Schemas["release-asset"], "state"> & {
  readonly state: Schemas["release-asset"]["state"] | "starter";
};

export function assetShape(view: View, release: StoredRelease, asset: StoredAsset): Schemas["release-asset"] {
  const shape: AssetShape = {
    url: `${repositoryUrl(view)}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: `RA_${asset.id}`,
    name: asset.name,
    label: asset.label,
    uploader: userShape(view, "octocat"),
    content_type: asset.contentType,
    state: asset.state,
    size: asset.bytes.byteLength,
    digest: asset.digest ?? null,
    download_count: 0,
    created_at: asset.createdAt,
    updated_at: asset.createdAt,
    browser_download_url: `${pageOf(view)}/releases/download/${pageNameOf(release)}/${asset.name}`,
  };
  return shape as Schemas["release-asset"];
}

export function refShape(view: View, tag: string): Schemas["git-ref"] {
  const stored = view.state.tags.get(tag);
  const [type, sha] = stored?.annotated === undefined ? ["commit", stored?.commit ?? ""] : ["tag", stored.annotated];
  return {
    ref: `refs/tags/${tag}`,
    node_id: `REF_${tag}`,
    url: `${repositoryUrl(view)}/git/refs/tags/${tag}`,
    object: { sha, type, url: `${repositoryUrl(view)}/git/${type}s/${sha}` },
  };
}

export function tagObjectShape(view: View, tag: string, sha: string, commit: string): Schemas["git-tag"] {
  const date = view.state.commits.get(commit) ?? "";
  return {
    node_id: `TA_${sha}`,
    tag,
    sha,
    url: `${repositoryUrl(view)}/git/tags/${sha}`,
    message: `${tag}\n`,
    tagger: { name: "octocat", email: "octocat@example.test", date },
    object: { sha: commit, type: "commit", url: `${repositoryUrl(view)}/git/commits/${commit}` },
  };
}

export function mapValues<K extends string, V, R>(record: Readonly<Record<K, V>>, change: (value: V) => R) {
  return Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, change(value)])) as Record<K, R>;
}
