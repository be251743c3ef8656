import type { Digest } from "../../oci/digest.ts";
import type { LayoutReader } from "../../target/layout-reader.ts";
import { failure } from "../../words/error.ts";
import type { BuilderFacts } from "../request.ts";

/** What a builder has left: an image somewhere that can be read. */
export interface Produced {
  readonly images: LayoutReader;
  readonly root: Digest;
  readonly builder: BuilderFacts;
}

/** The one image of a place. @throws MANIFEST_UNKNOWN, IMAGE_AMBIGUOUS */
export async function onlyImage(images: LayoutReader): Promise<Digest> {
  const reference = await images.defaultReference();
  const found = await images.resolve(reference);
  if (found === undefined) throw failure("MANIFEST_UNKNOWN", { target: images.name, reference });
  return found.digest;
}
