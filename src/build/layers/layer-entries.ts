import { stat } from "node:fs/promises";
import { basename, posix } from "node:path";
import { errnoOf, storageFailure } from "../../target/storage-failure.ts";
import { failure } from "../../words/error.ts";
import type { LayerSource, Owner } from "../request.ts";
import { type ImagePaths, parentOf } from "./image-paths.ts";
import { type FoundEntry, walkFolder } from "./walk-folder.ts";

/** An entry of a layer: its path is that in the image, without the slash in front. */
export type LayerEntry = FoundEntry & { readonly owner: Owner };

const ROOT: Owner = { uid: 0, gid: 0 };

/**
 * What a layer holds, in order. Folders on the way to `to` come first, root's own. A folder that the image has already
 * is not told of and so stays as it is, and links of the image are followed, as `COPY` of a Dockerfile does.
 * @param paths the image below; afterwards with this layer on top
 * @throws LAYER_PATH_INVALID, LAYER_SOURCE_MISSING, LAYER_FILE_UNSUPPORTED, STORAGE_FAILED
 */
export async function* layerEntries(source: LayerSource, paths: ImagePaths): AsyncGenerator<LayerEntry> {
  const owner = source.owner ?? ROOT;
  const to = placeOf(source);
  if ("file" in source) {
    await expectFile(source.file);
    yield* missingFolders(parentOf(to), ROOT, paths);
    yield { ...placed({ kind: "file", path: to, source: source.file }, paths), owner };
    return;
  }
  yield* missingFolders(parentOf(to), ROOT, paths);
  yield* missingFolders(to, owner, paths);
  for await (const found of walkFolder(source.folder)) {
    const path = posix.join(to, found.path);
    if (found.kind === "folder") yield* missingFolders(path, owner, paths);
    else yield { ...placed({ ...found, path }, paths), owner };
  }
}

/** `to` without the slashes at its ends; a file's own name is added where `to` is a folder. */
function placeOf(source: LayerSource): string {
  const { to } = source;
  const refuse = (reason: string) => failure("LAYER_PATH_INVALID", { path: to, reason });
  if (!to.startsWith("/")) throw refuse("it does not begin with a slash");
  if (to.split("/").includes("..")) throw refuse("it has .. in it");
  const full = "file" in source && to.endsWith("/") ? posix.join(to, basename(source.file)) : to;
  return posix.normalize(full).replace(/^\/|\/$/g, "");
}

async function expectFile(path: string): Promise<void> {
  const refuse = (reason: string) => failure("LAYER_SOURCE_MISSING", { path, reason });
  const status = await stat(path).catch((thrown) => {
    throw errnoOf(thrown) === "ENOENT" ? refuse("there is no such file") : storageFailure(path, thrown);
  });
  if (!status.isFile()) throw refuse("it is not a file");
}

/** The folders of a path that the image has not. */
function* missingFolders(path: string, owner: Owner, paths: ImagePaths): Generator<LayerEntry> {
  const missing: string[] = [];
  for (let at = paths.resolve(path); !paths.hasFolder(at); at = parentOf(at)) missing.unshift(at);
  for (const folder of missing) {
    paths.addFolder(folder);
    yield { kind: "folder", path: folder, owner };
  }
}

/** A file or link where the links of the image lead it; the name itself is taken over, not followed. */
function placed<Found extends FoundEntry>(found: Found, paths: ImagePaths): Found {
  const path = posix.join(paths.resolve(parentOf(found.path)), posix.basename(found.path));
  if (found.kind === "link") paths.addLink(path, found.target);
  else paths.remove(path);
  return { ...found, path };
}
