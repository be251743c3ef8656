import { failure } from "../words/error.ts";
import { type Digest, isDigest } from "./digest.ts";

/** Where an image is, fully written out: registry and repository, and a tag, a digest, both or neither. */
export interface Reference {
  /** Host and, where it is not the default, port: `docker.io`, `127.0.0.1:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** `library/busybox` */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const DOMAIN =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?$/;
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/**
 * Reads a reference by Docker's rules: a first part with a dot, a colon or the name `localhost` is the registry,
 * otherwise it is docker.io; one-part names there are in `library/`. No tag is added.
 * https://github.com/distribution/reference/blob/v0.6.0/reference.go
 * @throws REFERENCE_INVALID with the reason
 */
export function parseReference(text: string): Reference {
  const refuse = (reason: string) => failure("REFERENCE_INVALID", { text: text.slice(0, 300), reason });
  if (text === "") throw refuse("it is empty");
  if (/^[a-f0-9]{64}$/.test(text)) throw refuse("a bare hash names nothing on a registry");
  const [beforeDigest = "", digest, ...more] = text.split("@");
  if (more.length > 0) throw refuse("more than one @");
  if (digest !== undefined && !isDigest(digest)) throw refuse("the digest is not sha256:<64 hex digits>");
  const slash = beforeDigest.lastIndexOf("/");
  const colon = beforeDigest.indexOf(":", slash + 1);
  const name = colon < 0 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon < 0 ? undefined : beforeDigest.slice(colon + 1);
  if (tag !== undefined && !isTag(tag)) throw refuse(`the tag "${tag}" is not letters, digits, _ . - up to 128`);
  const place = splitName(name);
  if (!DOMAIN.test(place.registry)) throw refuse(`"${place.registry}" is not a host`);
  if (!REPOSITORY.test(place.repository)) {
    const upper = /[A-Z]/.test(place.repository) ? ": it must be lowercase" : "";
    throw refuse(`"${place.repository}" is not a repository name${upper}`);
  }
  if (name.length > 255) throw refuse("the name is longer than 255 characters");
  return { ...place, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** Registry and repository of a name without tag and digest, by Docker's rules. */
function splitName(name: string): { registry: string; repository: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, slash);
  const isHost = slash > 0 && (/[.:[]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const registry = isHost ? canonicalHost(first) : "docker.io";
  const rest = isHost ? name.slice(slash + 1) : name;
  return { registry, repository: registry === "docker.io" && !rest.includes("/") ? `library/${rest}` : rest };
}

/** One name for one registry: host names do not tell cases apart, and Docker Hub has three names. */
export function canonicalHost(host: string): string {
  const lower = host.toLowerCase();
  return lower === "index.docker.io" || lower === "registry-1.docker.io" ? "docker.io" : lower;
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** `registry/repository[:tag][@digest]`; {@link parseReference} reads it back as it was. */
export function formatReference(reference: Reference): string {
  const { registry, repository, tag, digest } = reference;
  return `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** The reference of the same repository without tag and digest. */
export function repositoryOf(reference: Reference): string {
  return `${reference.registry}/${reference.repository}`;
}
