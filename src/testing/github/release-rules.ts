import { compare, valid } from "semver";
import { invalidRelease, Problem, validationFailed } from "./problem.ts";
import { commitOf, newSha, nextId, now, type State, type StoredRelease } from "./state.ts";

type MakeLatest = "true" | "false" | "legacy";

/** The fields of a release that a request may set; what is left out stays. */
export interface ReleaseFields {
  readonly tag_name?: string;
  readonly target_commitish?: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly make_latest?: MakeLatest;
}

const MOST_CHARACTERS = 125_000;

/** Creates a draft or a published release. Drafts may share a tag with each other and with a published one. */
export function createRelease(state: State, fields: ReleaseFields & { readonly tag_name: string }): StoredRelease {
  const release: StoredRelease = {
    id: nextId(state),
    tag: fields.tag_name,
    target: state.defaultBranch,
    name: null,
    body: null,
    draft: true,
    prerelease: false,
    immutable: false,
    createdAt: now(state),
    publishedAt: null,
    assets: [],
  };
  applyTo(state, release, { ...fields, draft: fields.draft ?? false });
  state.releases.push(release);
  return release;
}

/** Changes a release, or nothing of it where anything is refused. */
export function updateRelease(state: State, release: StoredRelease, fields: ReleaseFields): void {
  if (release.immutable) refuseImmutable(release, fields);
  applyTo(state, release, fields);
}

/** The git tag stays. https://docs.github.com/en/code-security/concepts/supply-chain-security/immutable-releases */
export function deleteRelease(state: State, release: StoredRelease): void {
  if (release.immutable) state.burned.add(release.tag);
  if (state.latest === release.id) state.latest = undefined;
  state.releases = state.releases.filter(({ id }) => id !== release.id);
}

/** "The most recent non-prerelease, non-draft release, sorted by created_at", unless one was made the latest. */
export function latestRelease(state: State): StoredRelease | undefined {
  const [newest] = state.releases.filter(canBeLatest).sort(byDateAndVersion);
  return state.releases.find((release) => release.id === state.latest && canBeLatest(release)) ?? newest;
}

function applyTo(state: State, release: StoredRelease, fields: ReleaseFields): void {
  const next = { ...release, ...fieldsOf(release, fields) };
  checkFields(state, next, fields);
  const isPublishing = release.draft && !next.draft;
  if (isPublishing) publish(state, next);
  // gh: "If we don't provide any tag name, the API will remove the current tag from the release". Publishing keeps it.
  // https://github.com/cli/cli/blob/v2.83.0/pkg/cmd/release/edit/edit.go
  if (next.draft && fields.tag_name === undefined) next.tag = `untagged-${newSha(state).slice(0, 20)}`;
  Object.assign(release, next);
  markLatest(state, release, fields.make_latest ?? (isPublishing && canBeLatest(release) ? "true" : undefined));
}

function fieldsOf(release: StoredRelease, fields: ReleaseFields) {
  return {
    tag: fields.tag_name ?? release.tag,
    target: fields.target_commitish ?? release.target,
    name: fields.name ?? release.name,
    body: fields.body ?? release.body,
    draft: fields.draft ?? release.draft,
    prerelease: fields.prerelease ?? release.prerelease,
  };
}

function checkFields(state: State, next: StoredRelease, fields: ReleaseFields): void {
  const errors = [];
  if ([...(next.body ?? "")].length > MOST_CHARACTERS) {
    errors.push(invalidRelease(`body is too long (maximum is ${MOST_CHARACTERS} characters)`, "body"));
  }
  if (fields.make_latest === "true" && !canBeLatest(next)) {
    errors.push(invalidRelease("Latest release cannot be draft or prerelease."));
  }
  if (!state.tags.has(next.tag) && commitOf(state, next.target) === undefined) {
    if (!next.draft) {
      errors.push(invalidRelease("tag_name is not a valid tag", "tag_name"));
      errors.push(invalidRelease("Published releases must have a valid tag"));
    }
    errors.push({ resource: "Release", code: "invalid", field: "target_commitish" });
  }
  const twin = state.releases.find(({ id, tag, draft }) => id !== next.id && tag === next.tag && !draft);
  if (!next.draft && twin !== undefined) {
    errors.push({ resource: "Release", code: "already_exists", field: "tag_name" });
  }
  if (errors.length > 0) throw validationFailed(...errors);
}

/** A release that is published gets its tag, at its target where there is none yet. */
function publish(state: State, release: StoredRelease): void {
  if (state.burned.has(release.tag)) {
    throw validationFailed(
      invalidRelease(
        "pre_receive Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n",
        "pre_receive",
      ),
      invalidRelease("tag_name was used by an immutable release", "tag_name"),
      invalidRelease("Published releases must have a valid tag"),
    );
  }
  const commit = state.tags.get(release.tag)?.commit ?? commitOf(state, release.target) ?? "";
  if (!state.tags.has(release.tag)) state.tags.set(release.tag, { commit, annotated: undefined });
  release.createdAt = state.commits.get(commit) ?? release.createdAt;
  release.publishedAt ??= now(state);
  release.immutable = state.immutableReleases;
  if (release.immutable) {
    state.attestations.push({ tag: release.tag, subject: state.tags.get(release.tag)?.annotated ?? commit });
  }
}

function markLatest(state: State, release: StoredRelease, makeLatest: MakeLatest | undefined): void {
  if (makeLatest === "true") state.latest = release.id;
  if (makeLatest === "false" && state.latest === release.id) state.latest = undefined;
  if (makeLatest === "legacy" && canBeLatest(release)) {
    state.latest = state.releases.filter(canBeLatest).concat(release).sort(byDateAndVersion)[0]?.id;
  }
}

function canBeLatest({ draft, prerelease }: StoredRelease): boolean {
  return !draft && !prerelease;
}

/** The newest first; of the same commit, the higher version. */
function byDateAndVersion(one: StoredRelease, other: StoredRelease): number {
  const byDate = other.createdAt.localeCompare(one.createdAt);
  const [left, right] = [valid(one.tag), valid(other.tag)];
  return byDate !== 0 || left === null || right === null ? byDate : compare(right, left);
}

/** Title, notes, prerelease and latest may still change. https://github.com/github/docs/pull/45730 */
function refuseImmutable(release: StoredRelease, fields: ReleaseFields): void {
  const isMoved = fields.tag_name !== undefined && fields.tag_name !== release.tag;
  const changed = [...(isMoved ? ["tag_name"] : []), ...(fields.draft === true ? ["state"] : [])];
  if (changed.length === 0) return;
  throw new Problem(422, "Validation Failed", {
    errors: changed.map((field) => invalidRelease(`${field} cannot be changed when release is immutable`, field)),
  });
}
