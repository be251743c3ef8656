import type { Source } from "../model.ts";

/** Commands that print the digest of a tag at each source, one line each: the lines that they print have to be equal. */
export function digestCommands(sources: readonly Source[], tag: string): readonly string[] {
  return sources.map(({ image }) => `docker buildx imagetools inspect --format '{{.Manifest.Digest}}' ${image}:${tag}`);
}
