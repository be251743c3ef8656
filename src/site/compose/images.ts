import type { Edition, ImageSource } from "./answers.ts";
import type { ComposeForm } from "./form.ts";

/** An image with its edition, as a compose file names it. */
export function imageOf(source: ImageSource, edition: Edition): string {
  return edition.kind === "tag" ? `${source.image}:${edition.tag}` : `${source.image}@${edition.digest}`;
}

/** All names that a source's image has, or had. */
export function repositoriesOf({ image, replaces = [] }: ImageSource): readonly string[] {
  return [image, ...replaces.map((one) => one.image)];
}

/** What another image of the project is called at a source, or elsewhere where that one does not have it. */
export function otherImage(form: ComposeForm, name: string, source: string): string | undefined {
  const places = Object.hasOwn(form.images, name) ? (form.images[name] ?? {}) : {};
  return Object.hasOwn(places, source) ? places[source] : places.default;
}

/** What follows a repository in a name: `:1.2`, `@sha256:…`, or nothing; undefined: the name is of another repository. */
export function restAfter(name: string, repository: string): string | undefined {
  const [written, known] = [unabbreviated(name), unabbreviated(repository)];
  if (!written.startsWith(known)) return undefined;
  const rest = written.slice(known.length);
  return /^(?:$|[:@])/.test(rest) ? rest : undefined;
}

const HUB: readonly string[] = ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

/** Docker Hub has several names, and is meant where there is none: https://pkg.go.dev/github.com/distribution/reference */
function unabbreviated(name: string): string {
  const [first = "", ...others] = name.split("/");
  const hasHost = others.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (hasHost && !HUB.includes(first)) return name;
  const path = hasHost ? others.join("/") : name;
  return path.includes("/") ? `docker.io/${path}` : `docker.io/library/${path}`;
}

/** Whether two names are of the same image in the same edition. */
export function isSameImage(one: string, other: string): boolean {
  return unabbreviated(one) === unabbreviated(other);
}

/** A name without tag and digest. */
export function repositoryOf(name: string): string {
  return name.replace(/@.*$/s, "").replace(/:[^:/]*$/, "");
}

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Whether an edition can be one at all. */
export function isEdition(edition: Edition): boolean {
  return edition.kind === "tag" ? TAG.test(edition.tag) : DIGEST.test(edition.digest);
}

/** The edition that a name ends with: `:1.2`, `@sha256:…`, `:1.2@sha256:…`, of which the digest counts. */
export function editionOf(rest: string): Edition | undefined {
  const [tag = "", digest] = rest.replace(/^:/, "").split("@");
  const edition: Edition =
    digest === undefined ? { kind: "tag", tag: tag === "" ? "latest" : tag } : { kind: "digest", digest };
  return isEdition(edition) ? edition : undefined;
}
