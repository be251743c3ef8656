import { parsePrefix } from "../../config/credentials.ts";
import type { MirrorRule } from "../../config/mirror-rule.ts";
import type { Settings } from "../../config/settings.ts";
import type { Config } from "../../config/slipway/load-config.ts";
import type { Registry } from "../../config/slipway/registries.ts";
import { parseReference, type Reference, repositoryOf } from "../../oci/reference.ts";

/** The repositories that a configuration speaks of, each once. */
export interface Places {
  /** A rule for each source. */
  readonly sources: readonly MirrorRule[];
  /** Where mirrors and releases push to. */
  readonly destinations: readonly Reference[];
}

/**
 * Where mirrors lead, and the entries of `registries:` that are repositories.
 * @param publishes whether the project's own image goes there
 */
export function placesOf(settings: Settings, publishes = isPublishing(settings)): Places {
  const sources = new Map(settings.rules.map((rule) => [repositoryOf(rule.source), rule]));
  const destinations = settings.rules.flatMap((rule) => rule.destinations.map(({ repository }) => repository));
  const named = [...sources.keys(), ...destinations.map(repositoryOf)];
  const entries = (configOf(settings)?.registries ?? []).flatMap((entry) => repositoryAt(entry) ?? []);
  const published = entries.filter((entry) => publishes || !isForOthers(repositoryOf(entry), sources, named));
  return {
    sources: [...sources.values()],
    destinations: [...new Map([...destinations, ...published].map((place) => [repositoryOf(place), place])).values()],
  };
}

/** Whether the configuration builds and releases something of its own. */
export function isPublishing(settings: Settings): boolean {
  const { source, build, tags, release } = configOf(settings)?.publishing ?? {};
  return [source, build, tags, release].some((part) => part !== undefined);
}

/** `slipway.yaml`, where the settings are from one and not from another program's files. */
export function configOf(settings: Settings): Config | undefined {
  return isConfig(settings) ? settings : undefined;
}

function isConfig(settings: Settings): settings is Config {
  return "registries" in settings && "publishing" in settings;
}

/** An entry's repository; undefined where it is a registry, or a namespace of Docker Hub, whose login it holds. */
function repositoryAt({ image }: Registry): Reference | undefined {
  const prefix = parsePrefix(image);
  const isNamespace = /^docker\.io\/[^/]+$/.test(prefix);
  return prefix.includes("/") && !isNamespace ? parseReference(prefix) : undefined;
}

/** Where nothing is published, an entry may only be what a mirror reads from, or the login for what begins so. */
function isForOthers(entry: string, sources: ReadonlyMap<string, unknown>, named: readonly string[]): boolean {
  return sources.has(entry) || named.some((name) => name.startsWith(`${entry}/`));
}
