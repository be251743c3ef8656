import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { failure } from "../../words/error.ts";
import type { SiteFile } from "./site-file.ts";
import { webFolder } from "./web-folder.ts";

/** The pages as they were built, for any project. @throws WEB_NOT_BUILT */
export async function readBuiltPages(folder = webFolder("site")): Promise<readonly SiteFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    if (!files.includes(join(folder, "index.html"))) throw new Error("it has no index.html");
    const read = files.map(async (file): Promise<SiteFile> => {
      return { path: relative(folder, file).split(sep).join("/"), bytes: await readFile(file) };
    });
    return (await Promise.all(read)).sort((one, other) => (one.path < other.path ? -1 : 1));
  } catch (cause) {
    throw failure("WEB_NOT_BUILT", { folder }, { cause });
  }
}
