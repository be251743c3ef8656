import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Asset, GitHub } from "../../github/index.ts";
import { failure } from "../../words/error.ts";
import type { Effects } from "../effects.ts";
import type { OutletTarget } from "../outlets.ts";
import type { Alteration } from "./life.ts";
import type { Rule } from "./world.ts";
import { boldOrder, builtAnew, draftFirst, floatingFirst, withoutCompare } from "./wrong-orders.ts";

/** A fault that a programmer could have made, and what has to be found out of it. */
export interface SeededBug {
  readonly name: string;
  readonly alteration: Alteration;
  readonly caughtAs: Rule;
  /** What has to happen for it to show; default: nothing. */
  readonly shownBy?: "crash-after-tag" | "crash-after-draft" | "lost-creation" | "lost-upload";
}

export const SEEDED_BUGS: readonly SeededBug[] = [
  { name: "done is recorded first", alteration: { effects: recordingFirst }, caughtAs: "not-done" },
  { name: "nothing is recorded", alteration: { effects: recordingNothing }, caughtAs: "unrecorded" },
  { name: "the tag comes first", alteration: { target: tagFirst }, caughtAs: "content-missing" },
  { name: "the draft comes before the push", alteration: { publish: draftFirst }, caughtAs: "release-too-early" },
  {
    name: "nothing is compared",
    alteration: { publish: withoutCompare, target: lyingAt("two") },
    caughtAs: "release-too-early",
  },
  {
    name: "a failed push is passed over",
    alteration: {
      outlets: (outlets) => outlets.map((outlet) => ({ ...outlet, required: false })),
      target: refusingAt("two"),
    },
    caughtAs: "release-too-early",
  },
  { name: "floating tags move first", alteration: { publish: floatingFirst }, caughtAs: "floating-too-early" },
  {
    name: "what is served is built again",
    alteration: { publish: builtAnew },
    caughtAs: "built-again",
    shownBy: "crash-after-tag",
  },
  {
    name: "a version is overwritten",
    alteration: { publish: boldOrder },
    caughtAs: "second-digest",
    shownBy: "crash-after-tag",
  },
  {
    name: "creating is repeated blindly",
    alteration: { github: repeatingCreation },
    caughtAs: "second-release",
    shownBy: "lost-creation",
  },
  {
    name: "a list that fails is taken for empty",
    alteration: { github: (github) => ({ ...github, findReleases: async () => [] }) },
    caughtAs: "second-release",
    shownBy: "crash-after-draft",
  },
  {
    name: "a failed upload is believed",
    alteration: { github: believingUploads },
    caughtAs: "asset-missing",
    shownBy: "lost-upload",
  },
];

function recordingFirst(effects: Effects): Effects {
  return {
    perform: async (effect, work) => {
      await effects.perform(effect, async () => undefined);
      return work();
    },
  };
}

function recordingNothing(): Effects {
  return { perform: (_, work) => work() };
}

/** Blobs wait until the manifest is there. */
function tagFirst(target: OutletTarget): OutletTarget {
  const waiting: (() => Promise<unknown>)[] = [];
  return {
    ...target,
    pushBlob: async (blob, body, options) => {
      waiting.push(() => target.pushBlob(blob, body, options));
      return "written";
    },
    pushManifest: async (manifest, tag) => {
      await target.pushManifest(manifest, tag);
      for (const push of waiting.splice(0)) await push();
    },
  };
}

/** A registry that says yes to manifests, and keeps none. */
export function lyingAt(name: string): (target: OutletTarget) => OutletTarget {
  return (target) => (target.name.startsWith(name) ? { ...target, pushManifest: async () => undefined } : target);
}

function refusingAt(name: string): (target: OutletTarget) => OutletTarget {
  const pushManifest = async () => {
    throw failure("DENIED", { host: name, operation: "push", origin: "the simulation", detail: "no" });
  };
  return (target) => (target.name.startsWith(name) ? { ...target, pushManifest } : target);
}

function repeatingCreation(github: GitHub): GitHub {
  return { ...github, createDraft: (draft) => github.createDraft(draft).catch(() => github.createDraft(draft)) };
}

/** What was sent counts as there, whatever the answer was. */
function believingUploads(github: GitHub): GitHub {
  const believed: Asset[] = [];
  return {
    ...github,
    assets: async () => believed,
    uploadAsset: async (release, upload) => {
      await github.uploadAsset(release, upload).catch(() => undefined);
      const content = await readFile(upload.file);
      const asset: Asset = {
        id: believed.length,
        name: upload.name,
        label: "",
        size: content.byteLength,
        state: "uploaded",
        digest: `sha256:${hash("sha256", content)}`,
        contentType: "application/octet-stream",
        downloadUrl: "",
      };
      believed.push(asset);
      return asset;
    },
  };
}
