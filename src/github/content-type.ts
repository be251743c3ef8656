/** What release assets usually are. https://www.iana.org/assignments/media-types/media-types.xhtml */
const TYPES: Readonly<Record<string, string>> = {
  zip: "application/zip",
  gz: "application/gzip",
  tgz: "application/gzip",
  xz: "application/x-xz",
  zst: "application/zstd",
  tar: "application/x-tar",
  json: "application/json",
  yaml: "application/yaml",
  yml: "application/yaml",
  txt: "text/plain",
  md: "text/markdown",
  sha256: "text/plain",
  sig: "application/octet-stream",
};

/** The media type of a file, by the end of its name. */
export function contentTypeOf(fileName: string): string {
  const ending = /\.([^.]+)$/.exec(fileName.toLowerCase())?.[1] ?? "";
  return TYPES[ending] ?? "application/octet-stream";
}
