import { fillText } from "./fill-template.ts";
import type { Surroundings } from "./surroundings.ts";

const PREFIX = "org.opencontainers.image.";

/**
 * The labels of an image, which are its annotations, too, sorted by key.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys
 *
 * What is not known has no label. `created` is when the commit was made, in UTC: the same commit gives the same bytes.
 * @param version what the image is called: the first of its tags, or the version being released
 * @param extra more labels, which win; they may name `{{version}}` and what is known everywhere
 * @throws TEMPLATE_INVALID
 */
export function labelsOf(
  surroundings: Surroundings,
  version: string | undefined,
  extra: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const { title, description, repositoryUrl, commitDate, revision, licenses } = surroundings;
  const known = {
    title,
    description,
    url: repositoryUrl,
    source: repositoryUrl,
    version,
    created: commitDate?.toISOString(),
    revision,
    licenses,
  };
  const labels = new Map<string, string>();
  for (const [name, value] of Object.entries(known)) {
    if (value !== undefined && value !== "") labels.set(`${PREFIX}${name}`, value);
  }
  for (const [key, text] of Object.entries(extra)) labels.set(key, fillText(text, surroundings, version));
  return Object.fromEntries([...labels].sort(([one], [other]) => (one < other ? -1 : 1)));
}
