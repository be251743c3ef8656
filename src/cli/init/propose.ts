import { type Document, isMap, isSeq, parseDocument } from "yaml";
import { parseReference, repositoryOf } from "../../oci/reference.ts";
import type { FoundBuild, FoundLogin } from "./found.ts";
import { registryOf } from "./github-values.ts";
import type { Project } from "./look.ts";
import { type Proposal, type ProposedRegistry, USUAL_TAGS } from "./proposal.ts";
import { isLocal, registryName, variableOf } from "./registry-name.ts";

/** What somebody has said that the repository does not say, or says otherwise. */
export interface Answers {
  /** Repositories; left out: those that were found. */
  readonly images?: readonly string[];
  readonly tags?: readonly string[];
  /** Whether there is a GitHub Release. */
  readonly release?: boolean;
  readonly action?: string;
}

/** The repositories that the image would be published at; none where the project only mirrors, or nothing is known. */
export function proposedImages({ found, dockerfile, repository }: Project): readonly string[] {
  if (found.images.length > 0) return found.images;
  const imported = found.imports.map(({ yaml }) => parseDocument(yaml));
  const mirrors = imported.flatMap(mirrorsIn);
  if (dockerfile === undefined && mirrors.length > 0) return [];
  const sources = new Set(mirrors.map(({ from }) => from));
  const [source] = sources;
  // What is built here and mirrored from one place is published there; the mirror's places are the others.
  if (source !== undefined && sources.size === 1) return [...new Set([source, ...mirrors.flatMap(({ to }) => to)])];
  return repository === undefined ? [] : [`ghcr.io/${repository.owner}/${repository.name}`.toLowerCase()];
}

/** Makes one configuration of all that was found and said. */
export function propose(project: Project, answers: Answers): Proposal {
  const { found, repository, name } = project;
  const imported = found.imports.map(({ yaml }) => parseDocument(yaml));
  const images = answers.images ?? proposedImages(project);
  const isPublished = images.length > 0;
  const logins = [...found.logins, ...imported.flatMap(loginsIn)];
  const outlets = withNames(images, project, logins);
  const rest = imported.flatMap(loginsIn).filter((login) => isNeeded(login, outlets, imported.flatMap(mirrorsIn)));
  const registries = [...outlets];
  for (const { registry, username, password } of rest) {
    const taken = registries.map((one) => one.name);
    registries.push({ name: registryName(registryOf(registry), taken), image: registry, username, password });
  }
  const tags = answers.tags ?? (found.tags.length > 0 ? found.tags : USUAL_TAGS);
  const wantsRelease = isPublished && (answers.release ?? (repository !== undefined || found.releases.length > 0));
  const build = buildOf(project);
  const [schedule] = found.schedules;
  const release = { ...(repository && { github: `${repository.owner}/${repository.name}` }) };
  return {
    name,
    registries,
    imported,
    tags: isPublished ? versioned(tags, wantsRelease) : [],
    flavor: isPublished ? found.flavor : [],
    ...(repository !== undefined && { repository }),
    ...(isPublished && build !== undefined && { build }),
    ...(wantsRelease && { release: Object.assign(release, ...found.releases) }),
    ...(schedule !== undefined && { schedule }),
    ...(answers.action !== undefined && { action: answers.action }),
  };
}

/** A release has to be found by its version. */
function versioned(tags: readonly string[], isReleased: boolean): readonly string[] {
  const hasVersion = tags.some((tag) => /\{\{\s*(?:version|raw|major)\b/.test(tag));
  return hasVersion || !isReleased ? tags : ["{{version}}", ...tags];
}

/** What all builds of the workflows say together; of two that differ, the first. */
function buildOf({ found, dockerfile }: Project): FoundBuild | undefined {
  const builds: readonly FoundBuild[] = found.builds;
  const build: FoundBuild = Object.assign({}, ...builds.toReversed());
  // Builders look for a Dockerfile by themselves; any other name has to be said.
  const named = build.dockerfile ?? (dockerfile === "Dockerfile" ? undefined : dockerfile);
  const made = { ...build, ...(named !== undefined && { dockerfile: named }) };
  return Object.keys(made).length > 0 ? made : undefined;
}

function withNames(
  images: readonly string[],
  { repository }: Project,
  logins: readonly FoundLogin[],
): readonly ProposedRegistry[] {
  const registries: ProposedRegistry[] = [];
  for (const image of images) {
    const registry = registryOf(image);
    const name = registryName(
      registry,
      registries.map((one) => one.name),
    );
    const login = logins.find((one) => one.registry === image) ?? logins.find((one) => one.registry === registry);
    registries.push({ name, image, ...credentials(name, registry, login, repository?.owner) });
  }
  return registries;
}

/**
 * The account for a registry: the one that was found, else variables that may be empty, so that the logins of docker
 * count where they are. At ghcr.io a job has an account anyway.
 */
function credentials(name: string, registry: string, login: FoundLogin | undefined, owner: string | undefined) {
  const isActor = login?.username === "${GITHUB_ACTOR}";
  if (registry === "ghcr.io" && (login === undefined || login.password === "${GITHUB_TOKEN}")) {
    return { username: "${GITHUB_ACTOR:-}", password: "${GITHUB_TOKEN:-}" };
  }
  if (login !== undefined) {
    const username = isActor && owner !== undefined ? `\${GITHUB_ACTOR:-${owner}}` : login.username;
    return { username, password: login.password };
  }
  if (isLocal(registry)) return {};
  return {
    username: `\${${variableOf(name, "USERNAME")}:-}`,
    password: `\${${variableOf(name, "PASSWORD")}:-}`,
  };
}

interface Mirror {
  readonly from: string;
  readonly to: readonly string[];
}

function mirrorsIn(document: Document): readonly Mirror[] {
  const mirrors = document.get("mirrors");
  if (!isSeq(mirrors)) return [];
  return mirrors.items.flatMap((item): readonly Mirror[] => {
    if (!isMap(item)) return [];
    const to: unknown = item.get("to");
    const list = isSeq(to) ? to.toJSON() : to;
    const places = [list].flat().filter((place) => typeof place === "string");
    return [{ from: nameOf(String(item.get("from"))), to: places.map(nameOf) }];
  });
}

/** Without tags or digest. */
function nameOf(image: string): string {
  const name = image.replace(/@.*$/, "").replace(/:(?:[^/]*|\/.*\/)$/, (tag) => (/^:\d+$/.test(tag) ? tag : ""));
  try {
    return repositoryOf(parseReference(name));
  } catch {
    return name;
  }
}

function loginsIn(document: Document): readonly FoundLogin[] {
  const registries = document.get("registries");
  if (!isMap(registries)) return [];
  return registries.items.flatMap(({ value }): readonly FoundLogin[] => {
    if (!isMap(value)) return [];
    const text = (key: string) => String(value.get(key) ?? "");
    return [{ registry: text("image"), username: text("username"), password: text("password") }];
  });
}

/** Whether a mirror goes somewhere that no outlet's own account is for. */
function isNeeded({ registry }: FoundLogin, outlets: readonly ProposedRegistry[], mirrors: readonly Mirror[]): boolean {
  const places = mirrors.flatMap(({ from, to }) => [from, ...to]);
  const below = places.filter((place) => `${place}/`.startsWith(`${registry}/`));
  const images = outlets.map(({ image }) => image);
  return below.length === 0
    ? !images.some((image) => registryOf(image) === registry)
    : !below.every((place) => images.includes(place));
}
