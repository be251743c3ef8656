import type { GitHub } from "../../github/index.ts";
import type { Effect } from "../effects.ts";
import type { World } from "./world.ts";

/** Hears of each effect at GitHub before it is asked for; gives what to do when it is over. */
export type WatchGitHub = (effect: Effect) => () => void;

/** A client of GitHub whose effects are heard of. */
export function watchedGitHub(github: GitHub, world: World, watch: WatchGitHub): GitHub {
  const during = async <T>(effect: Effect, work: () => Promise<T>): Promise<T> => {
    const end = watch(effect);
    try {
      return await work();
    } finally {
      end();
    }
  };
  const nameOf = (id: number) =>
    world.server.releases.flatMap(({ assets }) => assets).find((asset) => asset.id === id)?.name ?? String(id);
  return {
    ...observationsOf(github),
    createDraft: (draft) => during({ kind: "create-draft", subject: draft.tag }, () => github.createDraft(draft)),
    updateDraft: (draft, changes) =>
      during({ kind: "update-draft", subject: draft.tag }, () => github.updateDraft(draft, changes)),
    deleteDraft: (id) => github.deleteDraft(id),
    uploadAsset: (release, upload) =>
      during({ kind: "upload-asset", subject: upload.name }, () => github.uploadAsset(release, upload)),
    deleteAsset: (id) => during({ kind: "delete-asset", subject: nameOf(id) }, () => github.deleteAsset(id)),
    publish: (draft, publication) =>
      during({ kind: "publish", subject: draft.tag }, () => github.publish(draft, publication)),
    updateBody: (release, body) =>
      during({ kind: "edit-release", subject: release.tag }, () => github.updateBody(release, body)),
  };
}

type Observations = Omit<
  GitHub,
  "createDraft" | "updateDraft" | "deleteDraft" | "uploadAsset" | "deleteAsset" | "publish" | "updateBody"
>;

function observationsOf(github: GitHub): Observations {
  return {
    repository: github.repository,
    findReleases: (tag) => github.findReleases(tag),
    release: (id) => github.release(id),
    assets: (releaseId) => github.assets(releaseId),
    latestRelease: () => github.latestRelease(),
    tagOf: (name) => github.tagOf(name),
    rights: () => github.rights(),
    isBurned: (tag, commit) => github.isBurned(tag, commit),
    generateNotes: (range) => github.generateNotes(range),
    close: () => github.close(),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}
