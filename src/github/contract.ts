import type { Asset, Release, ReleaseKey } from "./release.ts";
import type { RepositoryName } from "./repository-name.ts";
import type { Rights, TagFate } from "./rights.ts";

/** https://docs.github.com/en/rest/releases/releases#create-a-release */
export interface NewDraft {
  readonly tag: string;
  /** A branch or a full commit name. */
  readonly target: string;
  readonly name: string;
  /** Comes before the generated notes, where those are wanted. */
  readonly body: string;
  readonly prerelease: boolean;
  readonly generateNotes?: boolean;
}

/** What is left out stays as it is. */
export interface DraftChanges {
  readonly target?: string;
  readonly name?: string;
  readonly body?: string;
  readonly prerelease?: boolean;
}

export interface AssetUpload {
  /** A path. */
  readonly file: string;
  /** What the asset is to be called; GitHub's own form of it is what it gets. */
  readonly name: string;
  /** Default: the name, where GitHub would change it. */
  readonly label?: string;
  /** Default: by the name's ending. */
  readonly contentType?: string;
}

export interface Publication {
  readonly prerelease: boolean;
  /** Whether it becomes the latest; `legacy`: by date and version. */
  readonly makeLatest: "true" | "false" | "legacy";
}

export interface NotesRange {
  readonly tag: string;
  /** Default: the release before, as GitHub sees it. */
  readonly previousTag?: string;
  /** Where the tag would be made. */
  readonly target: string;
}

/**
 * Releases of one repository at GitHub.
 *
 * Observations ask again after network errors, 5xx and rate limits. An answer that cannot be had is an error, never
 * "there is nothing". Effects are one request each and look at nothing: who calls them observes before and after. Of
 * these, changes and deletions are repeated by themselves, as doing them twice does no harm; creating and uploading
 * never are: their error is `retryable`, and whoever gets it must observe whether it was done.
 *
 * All of them throw GITHUB_UNAUTHORIZED, GITHUB_DENIED, GITHUB_NOT_FOUND, GITHUB_RATE_LIMITED, GITHUB_UNREACHABLE,
 * GITHUB_UNTRUSTED, GITHUB_UNAVAILABLE, GITHUB_REFUSED, GITHUB_REDIRECTED, GITHUB_ANSWER, PROXY_INVALID, and the reason
 * of the signal.
 */
export interface GitHub extends AsyncDisposable {
  readonly repository: RepositoryName;

  /** All releases of a tag, published and drafts, the newest first. Who may not push sees no drafts. */
  findReleases(tag: string): Promise<readonly Release[]>;
  /** The release of a number, or undefined where the repository can be seen and has none such. */
  release(id: number): Promise<Release | undefined>;
  assets(releaseId: number): Promise<readonly Asset[]>;
  latestRelease(): Promise<Release | undefined>;
  /** The commit of a git tag, through tag objects; undefined where there is no such tag. */
  tagOf(name: string): Promise<string | undefined>;
  /** What can be known of what the token may do, without trying. */
  rights(): Promise<Rights>;
  /**
   * Whether a release can still have this tag, as far as can be known without publishing one.
   * @param commit where the tag would be made: GitHub keeps a word on each immutable release, and finds it by its commit
   */
  isBurned(tag: string, commit?: string): Promise<TagFate>;

  /** @throws GITHUB_TARGET_UNKNOWN too */
  createDraft(draft: NewDraft): Promise<Release>;
  updateDraft(draft: ReleaseKey, changes: DraftChanges): Promise<Release>;
  deleteDraft(id: number): Promise<void>;
  /** Streams a file. @throws GITHUB_EXISTS, GITHUB_IMMUTABLE, GITHUB_UPLOAD_REFUSED, STORAGE_FAILED too */
  uploadAsset(release: Pick<Release, "uploadUrl">, upload: AssetUpload): Promise<Asset>;
  /** @throws GITHUB_IMMUTABLE too */
  deleteAsset(id: number): Promise<void>;
  /**
   * Told once: after an error that is retryable, ask for the release, which may be out.
   * @throws GITHUB_EXISTS, TAG_BURNED, GITHUB_TARGET_UNKNOWN too
   */
  publish(draft: ReleaseKey, publication: Publication): Promise<Release>;
  /** GitHub's own notes; nothing is kept of them. */
  generateNotes(range: NotesRange): Promise<{ readonly name: string; readonly body: string }>;
  /** The notes of a release that is published already. */
  updateBody(release: ReleaseKey, body: string): Promise<Release>;

  /** Ends its connections. */
  close(): Promise<void>;
}
