import type { Digest } from "../../oci/digest.ts";
import { isTag, parseReference, type Reference } from "../../oci/reference.ts";
import { Refusal } from "../refusal.ts";
import { expressionOf, parseTagPattern } from "./tag-pattern.ts";

/** One or many images of a repository, as `from`, `to` and the lines of image-syncer write them. */
export interface ImageSpec {
  /** Without tag and digest. */
  readonly repository: Reference;
  readonly images: SpecImages;
}

export type SpecImages =
  /** Nothing was said: every tag of a source, the same tags at a destination. */
  | { readonly kind: "all" }
  | { readonly kind: "tags"; readonly tags: readonly string[] }
  | { readonly kind: "pattern"; readonly pattern: string }
  /** The tag is what the image is called; the digest is what is read. */
  | { readonly kind: "digest"; readonly digest: Digest; readonly tag?: string };

/**
 * Reads `repo`, `repo:tag`, `repo:tag,tag`, `repo:/expression/`, `repo@digest` and `repo:tag@digest`; short names mean
 * Docker Hub.
 * @throws Refusal, REFERENCE_INVALID
 */
export function parseImageSpec(text: string): ImageSpec {
  const expression = text.indexOf(":/");
  if (expression > 0 && expressionOf(text.slice(expression + 1)) !== undefined) {
    const pattern = text.slice(expression + 1);
    parseTagPattern(pattern);
    return { repository: parseRepository(text.slice(0, expression)), images: { kind: "pattern", pattern } };
  }
  if (text.includes("@")) {
    const { tag, digest, ...repository } = parseReference(text);
    if (digest === undefined) throw new Refusal(`"${text}" has no digest after the @`);
    return { repository, images: { kind: "digest", digest, ...(tag !== undefined && { tag }) } };
  }
  const colon = text.indexOf(":", text.lastIndexOf("/") + 1);
  if (colon < 0) return { repository: parseRepository(text), images: { kind: "all" } };
  const tags = text
    .slice(colon + 1)
    .split(",")
    .map((tag) => tag.trim());
  for (const tag of tags) {
    if (!isTag(tag)) throw new Refusal(`"${tag}" is not a tag: letters, digits, _ . - up to 128`);
  }
  return { repository: parseRepository(text.slice(0, colon)), images: { kind: "tags", tags } };
}

function parseRepository(text: string): Reference {
  const { registry, repository } = parseReference(text);
  return { registry, repository };
}
