import { hash } from "node:crypto";
import { FLOATING, GIT_TAG, VERSION } from "./scenario.ts";
import type { Deed, Shelf } from "./shelf.ts";
import type { SeenRelease, World } from "./world.ts";

/** What has to hold at every moment, of all that can be seen from outside; breaches are noted in the world. */
export function checkWorld(world: World): void {
  const { server, shelves } = world;
  const releases = server.releases.filter(({ tag_name }) => tag_name === GIT_TAG);
  if (releases.length > 1) world.breach("second-release", `${releases.length} releases of ${GIT_TAG}`);
  for (const release of releases) checkRelease(world, release);
  const isOut = releases.some(({ draft }) => !draft);
  for (const { name, tags } of shelves) {
    for (const tag of tags.keys()) {
      if (tag !== VERSION && !isOut) world.breach("floating-too-early", `${name} has ${tag}, and nothing is released`);
    }
  }
  for (const violation of server.violations) world.breach("github-misused", violation);
}

/** Nothing is told at GitHub that is not so at every registry that has to have it. */
function checkRelease(world: World, { draft, body, assets }: SeenRelease): void {
  const what = draft ? "a draft" : "a release";
  for (const shelf of world.shelves) {
    if (!shelf.required) continue;
    const served = shelf.tags.get(VERSION);
    const isNamed = body?.includes(`${shelf.repository}@${served}`) === true;
    if (served === undefined) world.breach("release-too-early", `there is ${what}, and ${shelf.name} has no image`);
    else if (!isNamed) world.breach("release-too-early", `${what} does not name ${served} for ${shelf.name}`);
  }
  const names = assets.map(({ name }) => name);
  if (new Set(names).size < names.length) world.breach("second-asset", names.join(", "));
  if (draft) return;
  for (const [name, content] of Object.entries(world.scenario.assets)) {
    const asset = assets.find((one) => one.name === name);
    const isWhole = asset?.state === "uploaded" && asset.digest === `sha256:${hash("sha256", content)}`;
    if (!isWhole) world.breach("asset-missing", `${name} of the release is not what it should be`);
  }
}

/** What has to hold of each write to a registry, when it has been done. */
export function checkDeed(world: World, shelf: Shelf, deed: Deed): void {
  if (deed.kind === "blob") return;
  const { digest, tag } = deed;
  const lacking = shelf.lacking(digest);
  if (lacking.length > 0) {
    world.breach("content-missing", `${shelf.name} has ${tag ?? digest} without ${lacking.join(", ")}`);
  }
  if (tag !== VERSION) return;
  world.pinned ??= digest;
  if (digest !== world.pinned) {
    world.breach("second-digest", `${shelf.name} serves ${digest} as ${VERSION}, which is ${world.pinned}`);
  }
}

/** What has to be so when a run has gone through and nothing stands in its way any more. */
export function checkEnd(world: World): void {
  const { server, shelves, pinned } = world;
  const releases = server.releases.map(({ tag_name, draft }) => `${tag_name}${draft ? ", a draft" : ""}`);
  if (releases.join() !== GIT_TAG) world.breach("not-finished", `releases: ${releases.join("; ") || "none"}`);
  if (server.latest !== GIT_TAG) world.breach("not-finished", `GitHub's latest is ${server.latest}`);
  for (const { name, tags } of shelves) {
    for (const tag of [VERSION, FLOATING]) {
      if (pinned !== undefined && tags.get(tag) === pinned) continue;
      world.breach("not-finished", `${name} serves ${tags.get(tag)} as ${tag}, not ${pinned}`);
    }
  }
}
