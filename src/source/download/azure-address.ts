import { isIP } from "node:net";
import { failure } from "../../words/error.ts";
import { isLoopback } from "./address.ts";
import { isOfBlob } from "./sas.ts";

/**
 * The URL of a blob with its signature: that of the container with the blob's name put in, or as it is where it names
 * the blob already. A URL that ends in a folder of the container takes the name below it.
 * https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata#resource-uri-syntax
 * @param text the SAS URL
 * @param name the blob's name
 * @throws AZURE_BLOB_INVALID
 */
export function blobUrl(text: string, name: string | undefined): URL {
  const url = URL.parse(text.trim());
  if (url === null) throw invalid("the SAS URL is not a URL");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url))) {
    throw invalid(`${url.protocol} is not for Azure: a SAS URL begins with https:`);
  }
  const [container, ...path] = segmentsOf(url).map(decodedSegment);
  if (container === undefined) throw invalid("the SAS URL names no container");
  const wanted = name === undefined ? [] : name.split("/").filter((segment) => segment !== "");
  if (name !== undefined && wanted.length === 0) throw invalid("the name of the package is empty");
  if (wanted.some((segment) => segment === "." || segment === "..")) {
    throw invalid("the name of the package has . or .. in it");
  }
  const isNamed = path.length > 0 && path.slice(-wanted.length).join("/") === wanted.join("/");
  if (wanted.length === 0 || isNamed) {
    if (path.length === 0) throw invalid("the SAS URL is of a container, and no package of it is named");
    return url;
  }
  if (isOfBlob(text)) throw invalid(`the SAS URL is of the blob ${path.join("/")}, and the package is ${name}`);
  const added = wanted.map((segment) => encodeURIComponent(segment)).join("/");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${added}`;
  return url;
}

/** Container and blob. The account is in the host's name, but for emulators, where it is the first part of the path. */
function segmentsOf(url: URL): readonly string[] {
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  const isEmulator = isLoopback(url) || isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isEmulator ? segments.slice(1) : segments;
}

function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid("the path of the SAS URL has a % that begins no character");
  }
}

function invalid(reason: string): Error {
  return failure("AZURE_BLOB_INVALID", { reason });
}
