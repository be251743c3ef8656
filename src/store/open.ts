import type { SlipwayError } from "../words/error.ts";
import { openSqlite } from "./sqlite/open.ts";
import type { Store } from "./store.ts";

/** Where history is kept: a folder of this machine's, which one process at a time has, or a PostgreSQL that many share. */
export type StorePlace = { readonly dataDir: string } | { readonly url: string };

/** Is told what went wrong where nobody asked, such as a lost connection that is made again. */
export type Warn = (error: SlipwayError) => void;

/**
 * Opens the store, and makes its tables or brings them up to date.
 * @throws STORE_IN_USE, STORE_URL_INVALID, STORE_TOO_NEW, STORE_UNREACHABLE, STORE_FAILED
 */
export async function openStore(place: StorePlace, warn: Warn = () => undefined): Promise<Store> {
  if ("dataDir" in place) return openSqlite(place.dataDir);
  // Only who shares one pays for its client and its queue: a tenth of a second and 30 MB.
  const { openPostgres } = await import("./postgres/open.ts");
  return openPostgres(place.url, warn);
}
