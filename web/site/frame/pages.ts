import type { SiteData } from "../../../src/site/model.ts";

export type PageName = "builder" | "sources" | "status";

/** Each page's file, beside the others. */
export const PAGE_FILES: Readonly<Record<PageName, string>> = {
  builder: "index.html",
  sources: "sources.html",
  status: "status.html",
};

/** The pages that this site has: there is no builder without a form. */
export function pagesOf({ compose }: SiteData): readonly PageName[] {
  return compose === undefined ? ["sources", "status"] : ["builder", "sources", "status"];
}
