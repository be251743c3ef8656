import { digestsOf, entriesOf, isFields, pageAfter } from "./fields.ts";
import type { Listing, Page, PageAnswer } from "./listing.ts";

const PAGE_SIZE = 100;

/**
 * Harbor: artifacts, each with its tags. The project is looked at first: one that is a proxy cache lists what it has
 * cached, and would not look at its origin again as long as nobody asks it for a manifest.
 * https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml (getProject, listArtifacts)
 */
export const harborListing: Listing = {
  as: "user",
  first: (repository) => (repository.includes("/") ? projectPath(repository) : undefined),
  read: (answer) =>
    answer.url.pathname === projectPath(answer.repository) ? readProject(answer) : readArtifacts(answer),
};

function projectPath(repository: string): string {
  return `/api/v2.0/projects/${repository.split("/", 1)}`;
}

function readProject({ json, repository }: PageAnswer): Page {
  const { registry_id } = isFields(json) ? json : {};
  if (typeof registry_id === "number" && registry_id > 0) return { digests: new Map() };
  const name = repository.slice(repository.indexOf("/") + 1);
  const query = new URLSearchParams({ q: "tags=*", with_tag: "true", page: "1", page_size: String(PAGE_SIZE) });
  // slashes within the name are encoded twice, as the API asks for
  const encoded = encodeURIComponent(encodeURIComponent(name));
  return { digests: new Map(), next: `${projectPath(repository)}/repositories/${encoded}/artifacts?${query}` };
}

function readArtifacts({ json, url, header }: PageAnswer): Page {
  const artifacts = entriesOf(json);
  const digests = digestsOf(
    artifacts.flatMap(({ digest, tags }) => entriesOf(tags ?? null).map(({ name }) => [name, digest] as const)),
  );
  const isLast = Number(url.searchParams.get("page")) * PAGE_SIZE >= Number(header("x-total-count") ?? 0);
  return { digests, ...(!isLast && { next: pageAfter(url) }) };
}
