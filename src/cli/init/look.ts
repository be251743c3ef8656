import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { repositoryOf } from "../../changes/index.ts";
import { formatOf } from "../../config/import/format.ts";
import { importImageSyncer } from "../../config/import/image-syncer.ts";
import { importRegsync } from "../../config/import/regsync.ts";
import { importSkopeo } from "../../config/import/skopeo.ts";
import { readSource, type Source } from "../../config/reading/source.ts";
import { parseRepositoryName, type RepositoryName } from "../../github/index.ts";
import { SlipwayError } from "../../words/error.ts";
import { type Found, nothingFound, reading } from "./found.ts";
import { readWorkflows } from "./read-workflows.ts";

/** A folder that is to get a configuration. */
export interface Project {
  readonly folder: string;
  readonly name: string;
  /** At GitHub. */
  readonly repository?: RepositoryName;
  /** The file's name. */
  readonly dockerfile?: string;
  /** What the project itself says it is at. */
  readonly version?: string;
  readonly found: Found;
}

const DOCKERFILES = ["Dockerfile", "Containerfile"];

/** Looks through a folder: its checkout, its Dockerfile, its workflows, other programs' files. Nothing is written or run. */
export async function look(folder: string, environment: NodeJS.ProcessEnv): Promise<Project> {
  const found = nothingFound();
  const repository = await repositoryAt(folder, environment);
  readWorkflows(folder, repository, found);
  readFiles(folder, found);
  const manifest = manifestAt(folder);
  const dockerfile = DOCKERFILES.find((name) => existsSync(join(folder, name)));
  const version = versionFileAt(folder) ?? manifest.version;
  return {
    folder,
    name: repository?.name ?? manifest.name?.replace(/^@[^/]*\//, "") ?? basename(folder),
    found,
    ...(repository !== undefined && { repository }),
    ...(dockerfile !== undefined && { dockerfile }),
    ...(version !== undefined && { version }),
  };
}

/** Where GitHub has it: what a run of Actions says, else `origin`. */
async function repositoryAt(folder: string, environment: NodeJS.ProcessEnv): Promise<RepositoryName | undefined> {
  try {
    if (environment.GITHUB_REPOSITORY) return parseRepositoryName(environment.GITHUB_REPOSITORY);
    const url = (await repositoryOf(folder, { env: environment }))?.originUrl;
    return url === undefined || new URL(url).hostname !== "github.com" ? undefined : parseRepositoryName(url);
  } catch (thrown) {
    // No git, no checkout of ours, a remote of another form: then nothing is known.
    if (thrown instanceof SlipwayError) return undefined;
    throw thrown;
  }
}

/** Files of other programs, by the names that they mostly have. */
function readFiles(folder: string, found: Found): void {
  const names = readdirSync(folder).sort();
  const read = (pattern: RegExp) =>
    names.filter((name) => pattern.test(name)).flatMap((name) => sourceAt(folder, name, found) ?? []);
  const take = (sources: readonly Source[], format: string, make: () => Found["imports"][number]) => {
    if (sources.length === 0 || !sources.every((source) => formatOf(source)?.startsWith(format))) return;
    reading(sources.map(({ file }) => file).join(", "), found, () => {
      found.imports.push(make());
      for (const { file } of sources) found.files.add(file);
    });
  };
  for (const source of read(/^regsync.*\.ya?ml$/)) take([source], "regsync", () => importRegsync(source));
  const [first, ...more] = read(/^(?:auth|images)\.(?:ya?ml|json)$/);
  if (first !== undefined) take([first, ...more], "image-syncer", () => importImageSyncer([first, ...more]));
  for (const source of read(/^.*(?:skopeo|sync).*\.ya?ml$/)) {
    if (formatOf(source) !== "skopeo") continue;
    const destination = skopeoDestination(folder, source.file);
    if (destination === undefined) found.left.push({ key: "init.skopeo", file: source.file });
    else take([source], "skopeo", () => importSkopeo(source, { destination }));
  }
}

function sourceAt(folder: string, name: string, found: Found): Source | undefined {
  let source: Source | undefined;
  reading(name, found, () => {
    const { text } = readSource(join(folder, name));
    formatOf({ file: name, text });
    source = { file: name, text };
  });
  return source;
}

/** Where a workflow's `skopeo sync` sends what a file names. */
function skopeoDestination(folder: string, file: string): string | undefined {
  const workflows = join(folder, ".github/workflows");
  const texts = existsSync(workflows)
    ? readdirSync(workflows).map((name) => readFileSync(join(workflows, name), "utf8"))
    : [];
  const name = file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`skopeo\\s+sync\\b(?:[^\\n]|\\\\\\n)*?\\s(?:\\./)?${name}\\s+([a-z0-9][\\w.:/-]*)`);
  return texts.map((text) => pattern.exec(text)?.[1]).find((destination) => destination !== undefined);
}

const manifestShape = z.object({ name: z.string().optional(), version: z.string().optional() });

function manifestAt(folder: string): z.infer<typeof manifestShape> {
  try {
    return manifestShape.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  } catch {
    return {};
  }
}

function versionFileAt(folder: string): string | undefined {
  try {
    return /^v?(\d+\.\d+\.\d+\S*)\s*$/.exec(readFileSync(join(folder, "VERSION"), "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
