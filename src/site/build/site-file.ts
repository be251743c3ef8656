/** A file of the site. */
export interface SiteFile {
  /** From the site's folder on, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export function textFile(path: string, text: string): SiteFile {
  return { path, bytes: new TextEncoder().encode(text) };
}
