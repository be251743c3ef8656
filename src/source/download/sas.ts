/**
 * What a shared access signature says of itself, in the query of its URL.
 * https://learn.microsoft.com/rest/api/storageservices/create-service-sas#construct-a-service-sas
 */

/**
 * When a SAS URL ends. Undefined where it does not say: without `se`, as with a stored access policy, which keeps the
 * time on the service's side, or where it is no URL or no time.
 */
export function expiryOfSas(url: string): Date | undefined {
  return timeIn(url, "se");
}

/** When a SAS URL begins to be valid; undefined where it does not say. */
export function beginningOfSas(url: string): Date | undefined {
  return timeIn(url, "st");
}

/** The letters of what a SAS URL permits, such as `rl`; undefined where a stored access policy says so instead. */
export function permissionsOfSas(url: string): string | undefined {
  return parameter(url, "sp");
}

/** Whether a SAS URL is of one blob alone, a version or a snapshot of it. */
export function isOfBlob(url: string): boolean {
  return ["b", "bv", "bs"].includes(parameter(url, "sr") ?? "");
}

/** ISO 8601, by the day, the minute or the second. A time without `Z` is UTC, too. */
function timeIn(url: string, name: string): Date | undefined {
  const text = parameter(url, name);
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function parameter(url: string, name: string): string | undefined {
  return URL.parse(url)?.searchParams.get(name) ?? undefined;
}
