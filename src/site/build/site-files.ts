import type { SiteData } from "../model.ts";
import type { StatusFile } from "../sources/status.ts";
import { withHead } from "./page-head.ts";
import { type SiteFile, textFile } from "./site-file.ts";

/** Where a status that is given as a file stands in the site. */
export const SNAPSHOT = "status.json";

/** What a site is made of. */
export interface SiteParts {
  readonly pages: readonly SiteFile[];
  readonly data: SiteData;
  /** Where the site will be, if that is known. */
  readonly address?: string | undefined;
  /** How the mirrors are now, for a site that has no daemon to ask. */
  readonly snapshot?: StatusFile | undefined;
}

/** All files of a site: the same parts give the same bytes. */
export function siteFiles({ pages, data, address, snapshot }: SiteParts): readonly SiteFile[] {
  const made = pages.map((file): SiteFile => {
    if (!file.path.endsWith(".html")) return file;
    return textFile(file.path, withHead(new TextDecoder().decode(file.bytes), { data, page: file.path, address }));
  });
  return [
    ...made,
    textFile("site.json", jsonText(data)),
    ...(snapshot === undefined ? [] : [textFile(SNAPSHOT, jsonText(snapshot))]),
  ];
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
