import { failure } from "../../words/error.ts";
import { type Notice, notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { Problems } from "../reading/problems.ts";
import { readTree } from "../reading/read-tree.ts";
import { readSource, type Source } from "../reading/source.ts";
import { entryOf, type Tree } from "../reading/tree.ts";
import type { Settings } from "../settings.ts";
import type { Environment } from "../variables/lookup.ts";
import { type Auth, readAuth } from "./auth.ts";
import { readImages } from "./images.ts";
import { expectMapping, type Reading } from "./reading.ts";

/** The files of image-syncer's flags: `--config`, or `--images` and perhaps `--auth`. YAML and JSON alike. */
export type ImageSyncerFiles =
  | { readonly config: string }
  | { readonly images: string; readonly auth?: string | undefined };

const NO_AUTH: Auth = { credentials: [], hosts: new Map() };
const IMAGES = "lines such as `docker.io/library/busybox: registry.example.com/busybox`";
const AUTH = "registries with `username` and `password`";

/**
 * Reads image-syncer's files.
 * @throws CONFIG_*: the one problem, or CONFIG_INVALID for several (of both files), which `problemsOf` lists
 */
export function loadImageSyncer(files: ImageSyncerFiles, environment: Environment): Settings {
  if ("config" in files) return readCombined(readSource(files.config), environment);
  const { images, auth } = files;
  const reading = startReading(auth === undefined ? images : `${auth} or ${images}`, environment);
  const { problems } = reading;
  const read = (file: string, expected: string) =>
    problems.attempt(() => readTree(readSource(file), { expected, duplicateKeys: true }));
  const authTree = auth === undefined ? undefined : read(auth, AUTH);
  return settingsOf(authTree, read(images, IMAGES), reading);
}

/** Reads a file with `auth` and `images` in it. */
export function readCombined(source: Source, environment: Environment): Settings {
  const reading = startReading(source.file, environment);
  const tree = readTree(source, { expected: "`auth` and `images`", duplicateKeys: true });
  for (const entry of expectMapping(tree, source.file, "auth and images", reading)) {
    if (entry.key === "auth" || entry.key === "images") continue;
    reading.notices.push(notice("notice.key-ignored", { where: formatPlace(entry.place), key: entry.key }));
  }
  const images = entryOf(tree, "images")?.value;
  if (images === undefined && tree.kind === "mapping") {
    reading.problems.add(failure("CONFIG_KEY_MISSING", { where: formatPlace(tree.place), key: "images" }));
  }
  return settingsOf(entryOf(tree, "auth")?.value, images, reading);
}

function startReading(file: string, environment: Environment): Reading {
  return { environment, problems: new Problems(file), notices: [] as Notice[] };
}

function settingsOf(auth: Tree | undefined, images: Tree | undefined, reading: Reading): Settings {
  const access = auth === undefined ? NO_AUTH : readAuth(auth, reading);
  const rules = images === undefined ? [] : readImages(images, reading);
  reading.problems.throwIfAny();
  return { rules, ...access, notices: reading.notices };
}
