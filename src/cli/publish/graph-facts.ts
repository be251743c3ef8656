import type { Config } from "../../config/slipway/load-config.ts";
import { parseReference, repositoryOf } from "../../oci/reference.ts";
import { floatingTemplates } from "../../release/rule-tags.ts";
import type { GraphFacts } from "../../release/targets.ts";

/**
 * What the publish graph is drawn from.
 * @param github OWNER/NAME of the release's repository where the configuration does not name one, as far as it is known
 */
export function graphFacts({ publishing, registries }: Config, github?: string): GraphFacts {
  const { source, build, release } = publishing;
  const repository = release?.github ?? github;
  return {
    ...(source !== undefined && { source }),
    ...(build !== undefined && { build }),
    ...(release !== undefined && { release }),
    outlets: registries
      .filter(({ image }) => image.includes("/"))
      .map(({ name, image, required }) => ({ name, required, repository: repositoryOf(parseReference(image)) })),
    floating: floatingTemplates(publishing),
    ...(repository !== undefined && { github: repository }),
  };
}
