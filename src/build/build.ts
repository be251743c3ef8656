import { openScratch } from "../target/scratch.ts";
import { buildDockerfile } from "./dockerfile/build-dockerfile.ts";
import { buildLayers } from "./layers/build-layers.ts";
import type { BuildRequest, Built } from "./request.ts";

/**
 * Builds an image, once, into an OCI layout. The tag is put last; whatever ends the build before leaves none.
 * @throws what {@link buildLayers} and {@link buildDockerfile} throw; the signal's reason
 */
export async function build(request: BuildRequest): Promise<Built> {
  const scratch = await openScratch(request.temporaryFolder);
  try {
    const { builder } = request;
    return builder.with === "layers"
      ? await buildLayers({ ...request, builder }, scratch)
      : await buildDockerfile({ ...request, builder }, scratch);
  } finally {
    await scratch.remove();
  }
}
