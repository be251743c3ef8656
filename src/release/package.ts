import { dirname, join, resolve } from "node:path";
import type { SourceSettings } from "../config/slipway/publishing.ts";
import { isDigest } from "../oci/digest.ts";
import { type DownloadEvent, type Downloaded, download, type Origin, unpack } from "../source/index.ts";
import { failure } from "../words/error.ts";
import { remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { done, skipped } from "./step.ts";
import { fillVersion } from "./version-template.ts";

/** Steps 1 and 2: fetches the package and unpacks it, each where it is not there yet. */
export async function bringPackage(run: Run): Promise<void> {
  if (run.project.publishing.source === undefined) return;
  const fetched = await fetchPackage(run);
  if (fetched !== undefined && run.project.publishing.source.unpack !== undefined) await unpackPackage(run, fetched);
}

/** Fetches the package; undefined where the configuration has none. */
export async function fetchPackage(run: Run): Promise<Downloaded | undefined> {
  const { source } = run.project.publishing;
  return run.steps.run<Downloaded | undefined>("download", async () => {
    if (source === undefined) return [skipped(remark("remark.download.none", {})), undefined];
    const folder = downloadFolder(run, source);
    const origin = originOf(source, run.project.folder, run.edition.version);
    const subject = subjectOf(origin);
    const bring = () => download(origin, folder, { signal: run.signal, tell: teller(run, subject) });
    // What is on this machine is used where it is: nothing changes.
    const fetched =
      origin.kind === "local" ? await bring() : await run.effects.perform({ kind: "download", subject }, bring);
    if (fetched.kind === "folder")
      return [skipped(remark("remark.download.present", { file: fetched.folder })), fetched];
    const { file, digest, how } = fetched;
    if (how === "present") return [skipped(remark("remark.download.present", { file })), fetched];
    const key = how === "resumed" ? "remark.download.resumed" : "remark.download.done";
    return [done(remark(key, { file, digest })), fetched];
  });
}

function teller(run: Run, subject: string): (event: DownloadEvent) => void {
  return (event) => {
    if (event.kind !== "moved") return;
    const { moved, size } = event;
    run.tell({ kind: "bytes", subject, moved, ...(size !== undefined && { size }) });
  };
}

/** Unpacks the package, where the configuration says where to. @throws UNPACK_NEEDS_FILE */
export async function unpackPackage(run: Run, fetched: Downloaded): Promise<void> {
  const { folder: root, publishing } = run.project;
  await run.steps.run("unpack", async () => {
    const to = publishing.source?.unpack;
    if (to === undefined) return [skipped(remark("remark.unpack.none", {})), undefined];
    if (fetched.kind === "folder") throw failure("UNPACK_NEEDS_FILE", { path: fetched.folder });
    const folder = resolve(root, fillVersion(to, run.edition.version, "source.unpack"));
    const { how, count } = await run.effects.perform({ kind: "unpack", subject: to }, () =>
      unpack(fetched.file, folder, { root, stamp: run.state.unpacked, digest: fetched.digest, signal: run.signal }),
    );
    if (how === "present") return [skipped(remark("remark.unpack.present", { folder: to })), undefined];
    return [done(remark("remark.unpack.done", { count, folder: to })), undefined];
  });
}

/** Beside the folder that it is unpacked into, where that is not beside the configuration itself. */
function downloadFolder({ project, state }: Run, { unpack: to }: SourceSettings): string {
  const beside = to === undefined ? project.folder : resolve(project.folder, dirname(to));
  return beside === resolve(project.folder) ? state.downloads : beside;
}

/**
 * Where the package of a version comes from.
 * @param folder where relative paths start
 * @throws VERSION_NEEDED where its address names the version, and there is none
 */
export function originOf({ origin, checksum }: SourceSettings, folder: string, version: string | undefined): Origin {
  const fill = (text: string, key: string) => fillVersion(text, version, `source.${key}`);
  const checked = checksum !== undefined && isDigest(checksum) ? { checksum } : {};
  switch (origin.kind) {
    case "azure-blob": {
      const named = origin.package === undefined ? {} : { package: fill(origin.package, "package") };
      return { kind: "azure-blob", url: origin.url, ...named, ...checked };
    }
    case "https":
      return { kind: "https", url: fill(origin.url, "url"), ...checked };
    case "local":
      return { kind: "local", path: join(resolve(folder, fill(origin.path, "path"))), ...checked };
  }
}

/** What the journal calls it: never an address's query, which may be secret. */
function subjectOf(origin: Origin): string {
  if (origin.kind === "local") return origin.path;
  if (origin.kind === "azure-blob" && origin.package !== undefined) return origin.package;
  return new URL(origin.url).pathname;
}
