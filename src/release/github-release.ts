import { type AssetConflict, assetProblems, composeNotes, type GitHub, type Release } from "../github/index.ts";
import type { Digest } from "../oci/digest.ts";
import { asFailure, failure } from "../words/error.ts";
import type { WantedFile } from "./assets.ts";
import type { Effects } from "./effects.ts";
import { digestsIn, tableIn, withoutTable } from "./release-body.ts";
import { remark } from "./remark.ts";
import { done, type Steps, skipped } from "./step.ts";

/** The release as it should be. */
export interface WantedRelease {
  /** The git tag. */
  readonly tag: string;
  readonly name: string;
  /** The commit or branch that a new git tag is put on. */
  readonly target: string;
  readonly prerelease: boolean;
  /** `generate`: GitHub's own; else this text. */
  readonly notes: { readonly kind: "generate" } | { readonly kind: "text"; readonly text: string };
  /**
   * The table of images, always kept.
   * @param named what the release's text names already, by repository
   */
  readonly table: (named: ReadonlyMap<string, Digest>) => string;
  readonly assets: readonly WantedFile[];
  /** Whether GitHub shall call it the latest one; asked when it is published. */
  readonly latest: (github: GitHub) => Promise<boolean>;
}

/** What the steps of a GitHub Release work with. */
export interface ReleaseWork {
  readonly github: GitHub;
  readonly effects: Effects;
  readonly steps: Steps;
  /** Milliseconds before GitHub is asked again what became of a request whose answer was lost. Default 2,000. */
  readonly pause?: number;
}

/** GitHub's answers may be lost: so often is an effect tried that its observation does not find done. */
const TRIES = 4;
const DEFAULT_PAUSE_MILLISECONDS = 2000;

/**
 * Brings a release about: draft, assets, publication, each only where it is not there yet. What a killed run has left
 * is found and gone on with; a release that is published already is only completed.
 */
export async function bringRelease(wanted: WantedRelease, work: ReleaseWork): Promise<Release> {
  const { steps } = work;
  const found = await steps.run("draft", async () => {
    const { release, how } = await findOrDraft(wanted, work);
    const facts = { tag: release.tag, url: release.htmlUrl };
    if (how === "published") return [skipped(remark("remark.release.published", facts)), release];
    return how === "found"
      ? [skipped(remark("remark.draft.found", facts)), release]
      : [done(remark(how === "made" ? "remark.draft.made" : "remark.draft.renewed", facts)), release];
  });
  await steps.run("assets", async () => {
    const count = await bringAssets(found, wanted, work);
    const total = wanted.assets.length;
    const told = remark(count === 0 ? "remark.assets.there" : "remark.assets.uploaded", { count, total });
    return [count === 0 ? skipped(told) : done(told), undefined];
  });
  return steps.run("publish", async () => {
    if (found.state === "published") {
      return [skipped(remark("remark.release.published", { tag: found.tag, url: found.htmlUrl })), found];
    }
    const published = await publish(found, wanted, work);
    return [done(remark("remark.release.made", { tag: published.tag, url: published.htmlUrl })), published];
  });
}

interface Found {
  readonly release: Release;
  readonly how: "published" | "found" | "made" | "renewed";
}

async function findOrDraft(wanted: WantedRelease, work: ReleaseWork): Promise<Found> {
  const { github, effects } = work;
  for (let attempt = 1; ; attempt += 1) {
    const there = await findRelease(github, wanted.tag);
    if (there?.state === "published") return { release: await renewedBody(there, wanted, work), how: "published" };
    if (there !== undefined) {
      const release = await renewedBody(there, wanted, work);
      return { release, how: attempt > 1 ? "made" : release === there ? "found" : "renewed" };
    }
    const body = await bodyOf(wanted, github);
    const { tag, name, target, prerelease } = wanted;
    try {
      const release = await effects.perform({ kind: "create-draft", subject: tag }, () =>
        github.createDraft({ tag, name, body, prerelease, target }),
      );
      return { release, how: "made" };
    } catch (thrown) {
      await pauseOrThrow(thrown, attempt, work);
    }
  }
}

/** The published release of a tag, else its oldest draft: of two runs that both made one, all go on with the same. */
export async function findRelease(github: GitHub, tag: string): Promise<Release | undefined> {
  const found = await github.findReleases(tag);
  const published = found.find(({ state }) => state === "published");
  return published ?? found.toSorted((one, other) => one.id - other.id)[0];
}

async function bodyOf({ notes, table, tag, target }: WantedRelease, github: GitHub): Promise<string> {
  const text = notes.kind === "text" ? notes.text : (await github.generateNotes({ tag, target })).body;
  return composeNotes(text, table(new Map()));
}

/** What people wrote into a release stays; only the table is ours. */
async function renewedBody(release: Release, wanted: WantedRelease, work: ReleaseWork): Promise<Release> {
  const table = wanted.table(digestsIn(release.body));
  if (tableIn(release.body) === table) return release;
  const body = composeNotes(withoutTable(release.body), table);
  const { github, effects } = work;
  return release.state === "draft"
    ? effects.perform({ kind: "update-draft", subject: release.tag }, () => github.updateDraft(release, { body }))
    : effects.perform({ kind: "edit-release", subject: release.tag }, () => github.updateBody(release, body));
}

/** @returns how many were uploaded. @throws RELEASE_FROZEN, ASSETS_UNFINISHED, GITHUB_* */
async function bringAssets(release: Release, { assets, tag }: WantedRelease, work: ReleaseWork): Promise<number> {
  const { github, effects } = work;
  const uploaded = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    const plan = assetProblems(assets, await github.assets(release.id), release);
    refuseConflicts(tag, plan.conflicts);
    const missing = plan.upload.map(({ name }) => name);
    if (missing.length === 0 && plan.remove.length === 0) return uploaded.size;
    const names = missing.join(", ");
    if (attempt > TRIES) throw failure("ASSETS_UNFINISHED", { tag, names }, { retryable: true });
    try {
      for (const { asset } of plan.remove) {
        await effects.perform({ kind: "delete-asset", subject: asset.name }, () => github.deleteAsset(asset.id));
      }
      for (const { file, name } of assets.filter((asset) => missing.includes(asset.name))) {
        await effects.perform({ kind: "upload-asset", subject: name }, () =>
          github.uploadAsset(release, { file, name }),
        );
        uploaded.add(name);
      }
    } catch (thrown) {
      await pauseOrThrow(thrown, attempt, work);
    }
  }
}

/** What no upload mends. @throws RELEASE_FROZEN, ASSET_PUBLISHED, ASSET_REFUSED */
function refuseConflicts(tag: string, conflicts: readonly AssetConflict[]): void {
  const [first] = conflicts;
  if (first === undefined) return;
  const { name } = first.wanted;
  switch (first.reason) {
    case "immutable":
      throw failure("RELEASE_FROZEN", { tag, names: conflicts.map(({ wanted }) => wanted.name).join(", ") });
    case "published":
      throw failure("ASSET_PUBLISHED", { tag, name });
    default:
      throw failure("ASSET_REFUSED", { name, reason: REFUSED[first.reason] });
  }
}

const REFUSED = {
  empty: "it is empty",
  "too-large": "it is larger than 2 GiB",
  "same-name": "another file has the same name there",
} as const;

async function publish(draft: Release, wanted: WantedRelease, work: ReleaseWork): Promise<Release> {
  const { github, effects } = work;
  for (let attempt = 1; ; attempt += 1) {
    const now = await github.release(draft.id);
    if (now === undefined) throw failure("DRAFT_GONE", { tag: wanted.tag });
    if (now.state === "published") return now;
    const { prerelease } = wanted;
    const makeLatest = !prerelease && (await wanted.latest(github)) ? "true" : "false";
    try {
      return await effects.perform({ kind: "publish", subject: wanted.tag }, () =>
        github.publish(draft, { prerelease, makeLatest }),
      );
    } catch (thrown) {
      await pauseOrThrow(thrown, attempt, work);
    }
  }
}

/** After a failure that may have been none: the answer was lost, and what it was about is to be observed. */
async function pauseOrThrow(thrown: unknown, attempt: number, { pause }: ReleaseWork): Promise<void> {
  const error = asFailure(thrown);
  if (!error.retryable || attempt >= TRIES) throw error;
  await new Promise((resolve) => setTimeout(resolve, pause ?? DEFAULT_PAUSE_MILLISECONDS));
}
