/** A date as images have it: whole seconds, UTC. `2026-01-02T03:04:05Z`. https://www.rfc-editor.org/rfc/rfc3339 */
export function rfc3339(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whole seconds since 1970, as SOURCE_DATE_EPOCH has them. https://reproducible-builds.org/specs/source-date-epoch/ */
export function epochSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
