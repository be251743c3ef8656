import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDigest } from "../../oci/digest.ts";
import type { Effect } from "../effects.ts";
import { GIT_TAG } from "./scenario.ts";
import type { Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

/** Whether an effect can be seen from outside. @param machine where the run is, its project's folder */
export function isObserved({ kind, subject }: Effect, world: World, machine: string): boolean {
  const release = world.server.releases.find(({ tag_name }) => tag_name === GIT_TAG);
  switch (kind) {
    case "download":
      return existsSync(subject);
    case "unpack":
      return existsSync(join(machine, subject, "run"));
    case "build":
      return indexOfLayout(machine).includes(`"${subject}"`);
    case "put-blob":
    case "put-manifest":
      return world.shelves.some((shelf) => isThere(shelf, subject));
    case "create-draft":
      return release !== undefined;
    case "update-draft":
    case "edit-release":
      return world.pinned !== undefined && release?.body?.includes(world.pinned) === true;
    case "delete-asset":
      return release?.assets.every(({ name }) => name !== subject) === true;
    case "upload-asset":
      return release?.assets.some(({ name, state }) => name === subject && state === "uploaded") === true;
    case "publish":
      return release?.draft === false;
    default:
      return false;
  }
}

/** @param subject `REPOSITORY@DIGEST` or `REPOSITORY:TAG` */
function isThere(shelf: Shelf, subject: string): boolean {
  if (subject.startsWith(`${shelf.repository}:`)) return shelf.tags.has(subject.slice(shelf.repository.length + 1));
  const digest = subject.split("@")[1];
  if (digest === undefined || !isDigest(digest) || !subject.startsWith(`${shelf.repository}@`)) return false;
  return shelf.blobs.has(digest) || shelf.holdsManifest(digest);
}

function indexOfLayout(machine: string): string {
  const file = join(machine, ".slipway", "layout", "index.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
