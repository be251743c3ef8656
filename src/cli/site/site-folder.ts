import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
import { type SiteFile, textFile } from "../../site/build/site-file.ts";
import { writeAtomically } from "../../target/atomic-file.ts";
import { errnoOf, onStorage, unlessAbsent } from "../../target/storage-failure.ts";
import { failure } from "../../words/error.ts";

/** What became of the folder, by paths within it. */
export interface SiteChanges {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Which files of the folder are ours; kept in it. */
const LIST = ".slipway-site.json";
/** Where files are written before they are moved to their place. */
const TEMPORARY = ".slipway-site.tmp";
/** What else may be in a folder that is published: git's, and what GitHub Pages reads. */
const HARMLESS: readonly string[] = [LIST, TEMPORARY, ".git", ".nojekyll", "CNAME"];

/**
 * Makes a folder hold a site: what differs is written, what an earlier site had and this one has not is removed, and all
 * else stays. Whoever kills it and begins again comes to the same, for the list names a file before it is written.
 * @throws SITE_FOLDER_FOREIGN; STORAGE_FULL, STORAGE_FAILED
 */
export async function bringSite(folder: string, files: readonly SiteFile[]): Promise<SiteChanges> {
  return await onStorage(folder, async () => {
    const ours = await oursIn(folder);
    const paths = files.map(({ path }) => path);
    const states = await Promise.all(files.map(async (file) => ({ file, state: await stateOf(folder, file) })));
    for (const { file, state } of states) {
      // One that is as it will be is nobody's loss: it may come from a copy of the site without its list.
      if (state === "other" && !ours.includes(file.path)) throw foreign(folder, file.path);
    }
    const written = states.filter(({ state }) => state !== "same").map(({ file }) => file);
    const removed = ours.filter((path) => !paths.includes(path));
    for (const path of removed) await refuseLinks(folder, path);
    if (written.length > 0 || removed.length > 0) await writeList(folder, [...new Set([...ours, ...paths])]);
    // Pages last: until then, visitors have those before, whose scripts and styles are still there.
    for (const file of written.toSorted(pagesLast)) await writeInto(folder, file);
    for (const path of removed) await removeFrom(folder, path);
    await writeList(folder, paths);
    await rm(join(folder, TEMPORARY), { recursive: true, force: true });
    return {
      written: written.map(({ path }) => path),
      unchanged: paths.filter((path) => !written.some((file) => file.path === path)),
      removed,
    };
  });
}

/** The paths of files that an earlier site has left here. @throws SITE_FOLDER_FOREIGN where others' are, and no site is */
async function oursIn(folder: string): Promise<readonly string[]> {
  const entries = (await readdir(folder).catch(unlessAbsent)) ?? [];
  const list = await readFile(join(folder, LIST), "utf8").catch(unlessAbsent);
  const other = entries.find((entry) => !HARMLESS.includes(entry));
  if (list === undefined && other !== undefined) throw foreign(folder, other);
  return list === undefined ? [] : pathsIn(list, folder);
}

/** A list that leads out of the folder was not written here. */
function pathsIn(list: string, folder: string): readonly string[] {
  const read = tryJson(list);
  const files = typeof read === "object" && read !== null && "files" in read ? read.files : undefined;
  const isInside = (path: unknown): path is string =>
    typeof path === "string" &&
    path !== "" &&
    normalize(path) === path.split("/").join(sep) &&
    !/^(?:\.\.|[/\\])/.test(path);
  if (!Array.isArray(files) || !files.every(isInside)) throw foreign(folder, LIST);
  return files;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function stateOf(folder: string, { path, bytes }: SiteFile): Promise<"absent" | "same" | "other"> {
  await refuseLinks(folder, path);
  const there = await readFile(join(folder, path)).catch((thrown: unknown) => {
    if (errnoOf(thrown) === "EISDIR") throw foreign(folder, path);
    return unlessAbsent(thrown);
  });
  if (there === undefined) return "absent";
  return hashOf(there) === hashOf(bytes) ? "same" : "other";
}

/** A folder on the way that is a link leads to somebody else's files. */
async function refuseLinks(folder: string, path: string): Promise<void> {
  const steps = path.split("/").slice(0, -1);
  for (const [index] of steps.entries()) {
    const at = steps.slice(0, index + 1).join("/");
    const found = await lstat(join(folder, at)).catch(unlessAbsent);
    if (found !== undefined && !found.isDirectory()) throw foreign(folder, at);
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function pagesLast(one: SiteFile, other: SiteFile): number {
  return Number(one.path.endsWith(".html")) - Number(other.path.endsWith(".html"));
}

async function writeList(folder: string, paths: readonly string[]): Promise<void> {
  const file = textFile(LIST, `${JSON.stringify({ version: 1, files: paths.toSorted() }, undefined, 2)}\n`);
  if ((await stateOf(folder, file)) !== "same") await writeInto(folder, file);
}

async function writeInto(folder: string, { path, bytes }: SiteFile): Promise<void> {
  const temporary = join(folder, TEMPORARY, randomUUID());
  await mkdir(dirname(temporary), { recursive: true });
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeAtomically(join(folder, path), bytes, temporary);
}

async function removeFrom(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    const isGone = await rmdir(join(folder, parent)).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

function foreign(folder: string, file: string): Error {
  return failure("SITE_FOLDER_FOREIGN", { folder, file });
}
