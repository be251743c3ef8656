import type { Digest } from "../../oci/digest.ts";
import { SlipwayError } from "../../words/error.ts";
import type { Downloaded, DownloadedFile, DownloadOptions, Origin } from "../origin.ts";
import { arrive } from "./arrive.ts";
import { checkFile } from "./check.ts";
import { holdingOf } from "./holding.ts";
import { takeLocal } from "./local.ts";
import { openRemote } from "./open-remote.ts";
import type { Remote } from "./remote.ts";
import { dropPart, finishPart, openSlot, type Slot } from "./slot.ts";

/**
 * Brings a package to this machine, or finds that it is there. A download goes on where an earlier one was cut or
 * killed, unless the package has changed since; one that is complete is fetched again only when it has changed, which
 * costs one small request, or none where its checksum is configured. The file appears once everything is checked:
 * size, the service's Content-MD5, the checksum. What fails the check is fetched once more from the beginning.
 *
 * @param folder where the file goes, made where it is not there; a local package stays where it is. Beside the file lie
 * `NAME.origin.json` and, on the way, `NAME.part`
 * @returns the file with its SHA-256 and its size in bytes, or a local folder, which has neither
 * @throws DOWNLOAD_URL_INVALID, DOWNLOAD_INSECURE, DOWNLOAD_REDIRECT_REFUSED, DOWNLOAD_DENIED, DOWNLOAD_MISSING,
 * DOWNLOAD_FAILED, DOWNLOAD_STALLED, AZURE_BLOB_INVALID, AZURE_SAS_EXPIRED, AZURE_SAS_LACKS_READ, PACKAGE_UNREADABLE,
 * PACKAGE_MISMATCH, STORAGE_FULL, STORAGE_FAILED; the signal's reason
 */
export async function download(origin: Origin, folder: string, options: DownloadOptions = {}): Promise<Downloaded> {
  if (origin.kind === "local") return takeLocal(origin, options.signal);
  const remote = await openRemote(origin);
  try {
    const slot = await openSlot(folder, remote.fileName);
    return await bring(remote, slot, origin.checksum, options);
  } finally {
    await remote.close();
  }
}

async function bring(
  remote: Remote,
  slot: Slot,
  checksum: Digest | undefined,
  options: DownloadOptions,
): Promise<DownloadedFile> {
  for (let isSecond = false; ; isSecond = true) {
    const holding = await holdingOf(slot, remote.identity, checksum, options.signal);
    if (holding.kind === "right") return holding.file;
    const arrival = await arrive(remote, slot, holding.held, options);
    if (arrival.kind === "unchanged" && holding.kind === "file") return holding.file;
    const version = arrival.kind === "whole" ? arrival.version : (holding.held?.version ?? {});
    try {
      const wanted = { version, ...(checksum !== undefined && { checksum }) };
      const { digest, size } = await checkFile(remote.name, slot.part, wanted, options.signal);
      await finishPart(slot, { identity: remote.identity, version, digest });
      const isFresh = arrival.kind === "whole" && arrival.kept === 0;
      return { kind: "file", file: slot.file, digest, size, how: isFresh ? "downloaded" : "resumed" };
    } catch (thrown) {
      if (!(thrown instanceof SlipwayError) || thrown.code !== "PACKAGE_MISMATCH") throw thrown;
      await dropPart(slot);
      if (isSecond || !thrown.retryable) throw thrown;
    }
  }
}
