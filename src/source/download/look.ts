import { SlipwayError } from "../../words/error.ts";
import type { Origin } from "../origin.ts";
import { packageStatus } from "../package-status.ts";
import { openRemote } from "./open-remote.ts";

/** A package that is where its origin says. */
export interface SeenPackage {
  /** Its path, or its address without anything that could be a secret. */
  readonly name: string;
  /** In bytes; left out where the service does not say. */
  readonly size?: number;
}

/** Whoever has not answered by then is no place to download from. */
const LONGEST_MILLISECONDS = 20_000;

/**
 * Finds out whether a package is there: a service is asked with one HEAD and its redirects; where that is refused, with a GET of one byte.
 * Nothing is tried again, nothing is kept.
 * @throws DOWNLOAD_URL_INVALID, DOWNLOAD_INSECURE, DOWNLOAD_REDIRECT_REFUSED, DOWNLOAD_DENIED, DOWNLOAD_MISSING,
 * DOWNLOAD_FAILED, AZURE_BLOB_INVALID, AZURE_SAS_EXPIRED, AZURE_SAS_LACKS_READ, PACKAGE_UNREADABLE; the signal's reason
 */
export async function lookAt(origin: Origin, signal?: AbortSignal): Promise<SeenPackage> {
  if (origin.kind === "local") {
    const status = await packageStatus(origin.path);
    return { name: origin.path, ...(status.isFile() && { size: status.size }) };
  }
  const remote = await openRemote(origin);
  const patience = AbortSignal.timeout(LONGEST_MILLISECONDS);
  try {
    const size = await remote.look(signal === undefined ? patience : AbortSignal.any([patience, signal]));
    return { name: remote.name, ...(size !== undefined && { size }) };
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown instanceof SlipwayError ? thrown : remote.failed(thrown);
  } finally {
    await remote.close();
  }
}
