import { stringify } from "yaml";

/** One image that is where it should be, in canonical names: `docker.io/library/busybox:1.36`. */
export interface Delivered {
  readonly source: string;
  readonly destination: string;
}

/** What `--output-success-images` writes: each source with the list of its destinations. */
export function formatSuccessImages(delivered: readonly Delivered[], format: "yaml" | "json"): string {
  const bySource = new Map<string, string[]>();
  for (const { source, destination } of delivered) {
    const destinations = bySource.get(source);
    if (destinations === undefined) bySource.set(source, [destination]);
    else if (!destinations.includes(destination)) destinations.push(destination);
  }
  if (format === "json") return `${JSON.stringify(Object.fromEntries(bySource), undefined, 2)}\n`;
  return stringify(bySource, { lineWidth: 0 });
}
