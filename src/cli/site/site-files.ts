import { loadOpenConfig, secretsLeftOut } from "../../config/slipway/load-open.ts";
import { readBuiltPages } from "../../site/build/built-pages.ts";
import type { SiteFile } from "../../site/build/site-file.ts";
import { SNAPSHOT, siteFiles } from "../../site/build/site-files.ts";
import { siteDataOf } from "../../site/data/site-data.ts";
import type { SiteData } from "../../site/model.ts";
import type { Context } from "../command.ts";
import { readStatusAt, statusPlaceOf } from "./status-place.ts";

/** A site as it is to be, and what it says. */
export interface MadeSite {
  readonly data: SiteData;
  readonly files: readonly SiteFile[];
}

/**
 * Makes the site that a configuration describes. Its secrets are neither needed nor read.
 * @param status what `--status` says: a file becomes part of the site, an address is asked by its visitors
 * @throws CONFIG_*, SITE_WITHOUT_SOURCES, SITE_STATUS_UNREADABLE, WEB_NOT_BUILT
 */
export async function makeSite(file: string, status: string | undefined, context: Context): Promise<MadeSite> {
  const { config } = loadOpenConfig(file, context.environment, secretsLeftOut);
  const pages = await readBuiltPages();
  const address = config.site?.url;
  const place = status === undefined ? undefined : statusPlaceOf(status);
  if (place?.kind !== "file") {
    const data = siteDataOf(config, place?.url.href);
    return { data, files: siteFiles({ pages, data, address }) };
  }
  const snapshot = await readStatusAt(place, context);
  const data = siteDataOf(config, SNAPSHOT);
  return { data, files: siteFiles({ pages, data, address, snapshot }) };
}
