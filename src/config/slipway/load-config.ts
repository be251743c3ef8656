import { basename, dirname } from "node:path";
import type { Notice } from "../notice.ts";
import { Problems } from "../reading/problems.ts";
import { readTree } from "../reading/read-tree.ts";
import { readSource, type Source } from "../reading/source.ts";
import { entryOf, itemsOf, type Tree } from "../reading/tree.ts";
import { slipwaySchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";
import type { Settings } from "../settings.ts";
import { interpolate } from "../variables/interpolate.ts";
import { type Environment, type Lookup, lookupIn } from "../variables/lookup.ts";
import { readHost } from "./hosts.ts";
import { readMirror } from "./mirrors.ts";
import { adaptingPrefixes, type Registry, readRegistry } from "./registries.ts";

/** `slipway.yaml`, read. */
export interface Config extends Settings {
  readonly file: string;
  readonly name?: string;
  readonly registries: readonly Registry[];
}

/**
 * Reads a `slipway.yaml` with its variables (the environment's, then those of `.env` beside it) and the files it names.
 * @throws CONFIG_*: the one problem, or CONFIG_INVALID for several, which `problemsOf` lists
 */
export function loadConfig(file: string, environment: Environment): Config {
  return readConfig(readSource(file), lookupIn(dirname(file), environment));
}

/** {@link loadConfig} for text in memory. */
export function readConfig(source: Source, lookup: Lookup): Config {
  const problems = new Problems(source.file);
  const tree = readWritten(source, lookup, problems);
  const written = validate(slipwaySchema, tree, problems);
  const notices: Notice[] = [];
  const registries = entriesOf(tree, "registries")
    .map((entry) => readRegistry(entry, problems, (notice) => notices.push(notice)))
    .filter((registry) => registry !== undefined);
  const rules = itemsOf(entryOf(tree, "mirrors")?.value)
    .map((item) => readMirror(item, registries, problems))
    .filter((rule) => rule !== undefined);
  const hosts = entriesOf(tree, "hosts")
    .map((entry) => readHost(entry, lookup, problems))
    .filter((host) => host !== undefined);
  problems.throwIfAny();
  return {
    file: source.file,
    ...(written?.name !== undefined && { name: written.name }),
    registries,
    rules,
    credentials: registries.flatMap(({ credential }) => credential ?? []),
    hosts: new Map(hosts),
    adapting: adaptingPrefixes(registries),
    notices,
  };
}

/** What is written, with variables put in. @throws CONFIG_* when it is not YAML */
export function readWritten(source: Source, lookup: Lookup, problems: Problems): Tree {
  const tree = readTree(source, { expected: `\`version: 1\` and what else ${basename(source.file)} has to say` });
  return interpolate(tree, lookup, problems);
}

function entriesOf(tree: Tree, key: string) {
  const value = entryOf(tree, key)?.value;
  return value?.kind === "mapping" ? value.entries : [];
}
