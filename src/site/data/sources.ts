import { intervalOf } from "../../config/schedule-interval.ts";
import type { Config } from "../../config/slipway/load-config.ts";
import type { SiteSourceSettings } from "../../config/slipway/site.ts";
import { parseReference, type Reference, repositoryOf } from "../../oci/reference.ts";
import type { Localized, Source, SourceState } from "../model.ts";
import { usualOf } from "./known-registry.ts";
import { probeOf } from "./probe.ts";

/** One of `registries:` that people can pull from. */
interface Place {
  readonly id: string;
  readonly reference: Reference;
  readonly settings: SiteSourceSettings;
}

/** From where the times of schedules are counted, so that one configuration gives the same pages on any day. */
const SOME_DAY = new Date("2026-01-01T00:00:00Z");

/** The sources that are offered, in the order of the configuration; retired ones are not among them. */
export function sourcesOf(config: Config): readonly Source[] {
  const settings = config.site?.sources ?? {};
  const places = config.registries
    .filter(({ image }) => image.includes("/"))
    .map(({ name, image }): Place => ({ id: name, reference: parseReference(image), settings: settings[name] ?? {} }));
  const origin = places.find((place) => place.settings.origin === true) ?? places[0];
  const offered = places.filter((place) => place.settings.state !== "retired" && place.settings.offered !== false);
  const sources = offered.map((place) => {
    const replaces = places.filter(({ settings }) => settings.state === "retired" && settings.successor === place.id);
    return sourceOf(place, config, { isOrigin: place === origin, replaces });
  });
  return sources.map((source) => ({ ...source, name: distinctName(source, sources) }));
}

function sourceOf(
  { id, reference, settings }: Place,
  { hosts, rules }: Config,
  { isOrigin, replaces }: { readonly isOrigin: boolean; readonly replaces: readonly Place[] },
): Source {
  const host = hosts.get(reference.registry);
  const usual = usualOf(reference, host?.kind === "harbor");
  const image = repositoryOf(reference);
  const { note, speed, stability, limits = usual.limits, page = usual.page, hints = {} } = settings;
  const every = isOrigin ? undefined : (settings.every ?? everyOf(image, rules));
  const probe = settings.probe ?? probeOf(reference.registry, host?.tls);
  return {
    id,
    name: settings.name ?? usual.name,
    image,
    audience: settings.audience ?? usual.audience,
    ...(note !== undefined && { note }),
    ...(page !== undefined && page !== "none" && { page }),
    ...(speed !== undefined && { speed }),
    ...(stability !== undefined && { stability }),
    ...(every !== undefined && { every }),
    isOrigin,
    ...(limits !== undefined && { limits }),
    hints: { ...usual.hints, ...hints },
    ...(probe !== undefined && probe !== "none" && { probe }),
    state: stateOf(settings),
    ...(replaces.length > 0 && { replaces: replaces.map(replacedBy) }),
  };
}

/** Of all mirrors that write there, the longest interval: what one brings is not there because another's is. */
function everyOf(image: string, rules: Config["rules"]): number | undefined {
  const writing = rules.filter(({ destinations }) =>
    destinations.some((one) => repositoryOf(one.repository) === image),
  );
  const intervals = writing.flatMap(({ schedule }) => (schedule && intervalOf(schedule, SOME_DAY)) ?? []);
  return intervals.length === 0 ? undefined : Math.max(...intervals);
}

function stateOf({ state, reason, since }: SiteSourceSettings): SourceState {
  const isAmiss = state === "degraded" || state === "paused";
  if (!isAmiss || reason === undefined) return { kind: "active" };
  return { kind: state, reason, ...(since !== undefined && { since }) };
}

function replacedBy({ reference, settings: { since, reason } }: Place) {
  return {
    image: repositoryOf(reference),
    ...(since !== undefined && { since }),
    ...(reason !== undefined && { reason }),
  };
}

/** Two of one name are told apart by their hosts. */
function distinctName(source: Source, sources: readonly Source[]): Localized {
  const isShared = (language: keyof Localized) =>
    sources.some((other) => other.id !== source.id && other.name[language] === source.name[language]);
  const host = source.image.slice(0, source.image.indexOf("/"));
  const told = (language: keyof Localized) =>
    isShared(language) ? `${source.name[language]} – ${host}` : source.name[language];
  return { en: told("en"), "zh-CN": told("zh-CN") };
}
