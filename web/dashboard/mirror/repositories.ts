import type { MirrorShape, TagRowShape } from "../../../src/daemon/api/shapes.ts";

export type TagAtDestination = TagRowShape["destinations"][number];

/** `registry.example.com:5000/app:1.2` → `registry.example.com:5000/app`; the same with a digest. */
export function repositoryOf(destination: string): string {
  const [withoutDigest = ""] = destination.split("@");
  const colon = withoutDigest.lastIndexOf(":");
  return colon > withoutDigest.lastIndexOf("/") ? withoutDigest.slice(0, colon) : withoutDigest;
}

/** What stands behind the repository: `1.2`. */
export function tagOf(destination: string): string {
  return destination.slice(repositoryOf(destination).length + 1);
}

/** The repositories that tags go to: those of the mirror, and any that records name besides. */
export function repositoriesOf(mirror: MirrorShape, rows: readonly TagRowShape[]): readonly string[] {
  const recorded = rows.flatMap(({ destinations }) => destinations.map(({ destination }) => repositoryOf(destination)));
  return [...new Set([...mirror.destinations, ...recorded])];
}
