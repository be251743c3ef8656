/** What this room's tests share: small folders, requests, and what is in a layer. For tests only. */
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import type { Descriptor } from "../oci/descriptor.ts";
import { parseManifest } from "../oci/manifest.ts";
import { collect } from "../target/bytes.ts";
import { LayoutTarget } from "../target/layout.ts";
import type { ReadTarget } from "../target/target.ts";
import type { Builder, BuildRequest } from "./request.ts";

export const CREATED = new Date("2026-01-02T03:04:05.678Z");
export const LABELS = { "org.opencontainers.image.title": "sample", "org.opencontainers.image.revision": "abc" };

/** Text for a file, `{ program: text }` for one that may be executed, `{ link: target }` for a symbolic link. */
export type Files = Readonly<Record<string, string | { readonly program: string } | { readonly link: string }>>;

/** Writes files into a folder, which is made, and gives it back. */
export async function writeFiles(folder: string, files: Files): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === "string") await writeFile(path, content);
    else if ("link" in content) await symlink(content.link, path);
    else {
      await writeFile(path, content.program);
      await chmod(path, 0o755);
    }
  }
  return folder;
}

/** A request whose layout and temporary files are in a folder. */
export function requestIn<B extends Builder>(
  folder: string,
  builder: B,
  others: Partial<BuildRequest> = {},
): BuildRequest<B> {
  const layout = new LayoutTarget(`oci:${join(folder, "layout")}`, join(folder, "layout"));
  const common = { labels: LABELS, created: CREATED, layout, tag: "1.0", environment: process.env };
  return { temporaryFolder: join(folder, "temporary"), ...common, ...others, builder };
}

/** JSON of a manifest. */
export async function manifestJson(target: ReadTarget, reference: string) {
  return JSON.parse(Buffer.from((await target.manifest(reference)).bytes).toString("utf8"));
}

/** JSON of an image's configuration. */
export async function configJson(target: ReadTarget, reference: string) {
  const manifest = parseManifest(await target.manifest(reference));
  if (manifest.kind !== "image") throw new RangeError(`${reference} is an index`);
  return JSON.parse(Buffer.from(await collect(target.blob(manifest.config), 2 ** 24)).toString("utf8"));
}

/** What is in a layer, in order: `-rwxr-xr-x`'s digits, owner, name, content or target. */
export async function listed(target: ReadTarget, layer: Descriptor): Promise<readonly string[]> {
  const lines: string[] = [];
  const tar = extract();
  tar.end(gunzipSync(await collect(target.blob(layer), 2 ** 24)));
  for await (const entry of tar) {
    const { name, type, mode, uid, gid, linkname, mtime } = entry.header;
    const content: Uint8Array[] = [];
    for await (const chunk of entry) if (chunk instanceof Uint8Array) content.push(chunk);
    if (mtime.getTime() !== Math.floor(CREATED.getTime() / 1000) * 1000) lines.push(`${name} is of ${mtime}`);
    const text = type === "symlink" ? ` -> ${linkname}` : type === "directory" ? "" : ` = ${Buffer.concat(content)}`;
    lines.push(`${mode.toString(8)} ${uid}:${gid} ${name}${text}`);
  }
  return lines;
}

/** The layers of an image, in order, each as {@link listed}. */
export async function layersOf(target: ReadTarget, reference: string): Promise<readonly (readonly string[])[]> {
  const manifest = parseManifest(await target.manifest(reference));
  if (manifest.kind !== "image") throw new RangeError(`${reference} is an index`);
  return Promise.all(manifest.layers.map((layer) => listed(target, layer)));
}
