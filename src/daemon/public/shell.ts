import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";

/** A file of the dashboard. */
export interface ShellFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** What bears a hash in its name never changes: `assets/index-B7x2kQ9d.js`. */
const HASHED = /-[\w-]{8}\.\w+$/;

/**
 * Reads a file of the dashboard; `/` is its index. Undefined: there is none, it is none of the kinds that a page is made
 * of, or it would be outside of the folder.
 */
export async function shellFile(root: string, path: string): Promise<ShellFile | undefined> {
  const file = resolve(root, path === "/" ? "index.html" : `.${path}`);
  const type = TYPES[extname(file)];
  if (type === undefined || !file.startsWith(resolve(root) + sep)) return undefined;
  try {
    const bytes = new Uint8Array(await readFile(file));
    const cache = HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
    return { bytes, headers: { "content-type": type, "cache-control": cache } };
  } catch {
    return undefined;
  }
}
