import type { AzureBlobOrigin, HttpsOrigin } from "../origin.ts";
import { parseAddress } from "./address.ts";
import { blobUrl } from "./azure-address.ts";
import type { Remote } from "./remote.ts";

/** What an origin leads to; nothing is asked yet. @throws DOWNLOAD_URL_INVALID, DOWNLOAD_INSECURE, AZURE_BLOB_INVALID */
export async function openRemote(origin: AzureBlobOrigin | HttpsOrigin): Promise<Remote> {
  if (origin.kind === "https") {
    const url = parseAddress(origin.url, origin.checksum !== undefined);
    const { openWebRemote } = await import("./web-remote.ts");
    return openWebRemote(url);
  }
  const url = blobUrl(origin.url, origin.package);
  const { openAzureRemote } = await import("./azure-remote.ts");
  return openAzureRemote(url);
}
