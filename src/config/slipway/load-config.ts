import { basename, dirname } from "node:path";
import type * as z from "zod";
import type { Flavor, TagRule } from "../../metadata/index.ts";
import type { Notice } from "../notice.ts";
import { Problems } from "../reading/problems.ts";
import { readTree } from "../reading/read-tree.ts";
import { readSource, type Source } from "../reading/source.ts";
import { entryOf, itemsOf, type Tree } from "../reading/tree.ts";
import { slipwaySchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";
import type { Settings } from "../settings.ts";
import { type Absent, interpolate } from "../variables/interpolate.ts";
import { type Environment, type Lookup, lookupIn } from "../variables/lookup.ts";
import { readHost } from "./hosts.ts";
import { namedRules, readMirror } from "./mirrors.ts";
import { type NotifyChannel, readNotify } from "./notify.ts";
import {
  type BuildSettings,
  type ReleaseSettings,
  readBuildSettings,
  readSourceSettings,
  type SourceSettings,
} from "./publishing.ts";
import { adaptingPrefixes, type Registry, readRegistry } from "./registries.ts";
import { readServe, type ServeSettings } from "./serve.ts";
import { readSite, type SiteSettings } from "./site.ts";
import { readWorkflowSettings, type WorkflowSettings } from "./workflows.ts";

/** `slipway.yaml`, read. */
export interface Config extends Settings {
  readonly file: string;
  readonly name?: string;
  readonly registries: readonly Registry[];
  readonly publishing: Publishing;
  /** Who is told what runs come to. */
  readonly notify?: readonly NotifyChannel[];
  /** How workflows for GitHub Actions are written. Left out: as usual. */
  readonly workflows?: WorkflowSettings;
  /** How the daemon works. Left out: as usual. */
  readonly serve?: ServeSettings;
  /** What the pages for deployers say. Left out: as usual. */
  readonly site?: SiteSettings;
}

/** What is built, what it is called, and the release that it belongs to. */
export interface Publishing {
  readonly source?: SourceSettings;
  readonly build?: BuildSettings;
  /** Left out: the usual ones. */
  readonly tags?: readonly TagRule[];
  readonly flavor?: Flavor;
  readonly labels?: Readonly<Record<string, string>>;
  readonly release?: ReleaseSettings;
  /** A path, from the config's folder on. */
  readonly contract?: string;
}

/**
 * Reads a `slipway.yaml` with its variables (the environment's, then those of `.env` beside it) and the files it names.
 * @throws CONFIG_*: the one problem, or CONFIG_INVALID for several, which `problemsOf` lists
 */
export function loadConfig(file: string, environment: Environment, absent: Absent = "problem"): Config {
  return readConfig(readSource(file), lookupIn(dirname(file), environment), absent);
}

/** {@link loadConfig} for text in memory. */
export function readConfig(source: Source, lookup: Lookup, absent: Absent = "problem"): Config {
  const problems = new Problems(source.file);
  const tree = readWritten(source, lookup, problems, absent);
  const written = validate(slipwaySchema, tree, problems);
  const notices: Notice[] = [];
  const registries = entriesOf(tree, "registries")
    .map((entry) => readRegistry(entry, problems, (notice) => notices.push(notice)))
    .filter((registry) => registry !== undefined);
  const serve = written?.serve && readServe(written.serve, entryOf(tree, "serve")?.value ?? tree, problems);
  const rules = itemsOf(entryOf(tree, "mirrors")?.value)
    .map((item) => readMirror(item, registries, problems, serve?.timeZone))
    .filter((rule) => rule !== undefined);
  const hosts = entriesOf(tree, "hosts")
    .map((entry) => readHost(entry, lookup, problems))
    .filter((host) => host !== undefined);
  const publishing = written === undefined ? {} : readPublishing(written, tree, problems);
  const workflows =
    written?.workflows && readWorkflowSettings(written.workflows, entryOf(tree, "workflows")?.value ?? tree, problems);
  const notify = written?.notify && readNotify(written.notify, entryOf(tree, "notify")?.value ?? tree, problems);
  const site = written?.site && readSite(written.site, entryOf(tree, "site")?.value ?? tree, registries, problems);
  const mirrors = namedRules(rules, problems);
  problems.throwIfAny();
  return {
    file: source.file,
    ...(written?.name !== undefined && { name: written.name }),
    registries,
    publishing,
    ...(notify !== undefined && { notify }),
    ...(workflows !== undefined && { workflows }),
    ...(serve !== undefined && { serve }),
    ...(site !== undefined && { site }),
    rules: mirrors,
    credentials: registries.flatMap(({ credential }) => credential ?? []),
    logins: registries.flatMap(({ login }) => login ?? []),
    hosts: new Map(hosts),
    adapting: adaptingPrefixes(registries),
    notices,
  };
}

function readPublishing(written: z.output<typeof slipwaySchema>, tree: Tree, problems: Problems): Publishing {
  const { tags, flavor, labels, release, contract } = written;
  const at = (key: string) => entryOf(tree, key)?.value ?? tree;
  const source = written.source && readSourceSettings(written.source, at("source"), problems);
  const build = written.build && readBuildSettings(written.build, at("build"), problems);
  return {
    ...(source !== undefined && { source }),
    ...(build !== undefined && { build }),
    ...(tags !== undefined && { tags }),
    ...(flavor !== undefined && { flavor }),
    ...(labels !== undefined && { labels }),
    ...(release !== undefined && { release }),
    ...(contract !== undefined && { contract }),
  };
}

/** What is written, with variables put in. @throws CONFIG_* when it is not YAML */
export function readWritten(source: Source, lookup: Lookup, problems: Problems, absent: Absent = "problem"): Tree {
  const tree = readTree(source, { expected: `\`version: 1\` and what else ${basename(source.file)} has to say` });
  return interpolate(tree, lookup, problems, absent);
}

function entriesOf(tree: Tree, key: string) {
  const value = entryOf(tree, key)?.value;
  return value?.kind === "mapping" ? value.entries : [];
}
