import type * as z from "zod";
import { isTag, repositoryOf } from "../../oci/reference.ts";
import { failure } from "../../words/error.ts";
import { isAdapting } from "../adapting.ts";
import { destinationFor, imagesOf, type MirrorRule, type RuleDestination, type RuleImages } from "../mirror-rule.ts";
import { formatPlace, type Place } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, itemsOf, type Tree } from "../reading/tree.ts";
import { Refusal, refusalReason } from "../refusal.ts";
import type { Schedule } from "../schedule.ts";
import { mirrorSchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";
import { type ImageSpec, parseImageSpec } from "../tags/image-spec.ts";
import type { TagSelection } from "../tags/tag-selection.ts";
import { adaptingPrefixes, type Registry, writtenOut } from "./registries.ts";

/** Reads one entry of `mirrors:`. @param timeZone of a `cron` that names none */
export function readMirror(
  tree: Tree,
  registries: readonly Registry[],
  problems: Problems,
  timeZone = "UTC",
): MirrorRule | undefined {
  const written = validate(mirrorSchema, tree, problems);
  if (written === undefined) return undefined;
  const at = (key: string) => entryOf(tree, key)?.value.place ?? tree.place;
  const given = <T>(key: string, place: Place, work: () => T): T | undefined => {
    try {
      return work();
    } catch (cause) {
      problems.add(failure("CONFIG_VALUE_INVALID", { where: formatPlace(place), key, reason: refusalReason(cause) }));
      return undefined;
    }
  };
  const source = given("from", at("from"), () => parseImageSpec(writtenOut(written.from, registries)));
  if (source === undefined) return undefined;
  const images = given("tags", at("tags"), () => chosen(source, written.tags));
  if (images === undefined) return undefined;
  const schedule = given("cron", at("cron"), () => scheduleOf({ timeZone, ...written }));
  const adapting = adaptingPrefixes(registries);
  const adapted = (destination: RuleDestination): RuleDestination => {
    const adapt = written.adapt ?? isAdapting(adapting, repositoryOf(destination.repository));
    return adapt ? { ...destination, adapt } : destination;
  };
  const places = itemsOf(entryOf(tree, "to")?.value).map((item) => item.place);
  const destinations = written.to.map((to, index): RuleDestination | undefined =>
    given("to", places[index] ?? at("to"), () =>
      adapted(destinationFor(source.images, images, parseImageSpec(writtenOut(to, registries)))),
    ),
  );
  return {
    place: tree.place,
    source: source.repository,
    images,
    destinations: destinations.filter((destination) => destination !== undefined),
    ...(written.platforms !== undefined && { platforms: written.platforms }),
    referrers: written.referrers ?? true,
    ...(written.name !== undefined && { name: written.name }),
    ...(schedule !== undefined && { schedule, jitter: written.jitter ?? usualJitter(schedule) }),
  };
}

const MINUTE = 60_000;

function scheduleOf({ every, cron, timeZone = "UTC" }: z.output<typeof mirrorSchema>): Schedule | undefined {
  if (every !== undefined && cron !== undefined) throw new Refusal("`every` and `cron` do not go together");
  if (every !== undefined) return { kind: "every", every };
  return cron === undefined ? undefined : { kind: "cron", cron, timeZone };
}

function usualJitter(schedule: Schedule): number {
  return schedule.kind === "cron" ? MINUTE : Math.min(MINUTE, Math.floor(schedule.every / 10));
}

/** The rules, each with a name of its own: the one that is written, else one made of its source. */
export function namedRules(rules: readonly MirrorRule[], problems: Problems): readonly MirrorRule[] {
  const names = new Set<string>();
  for (const { name, place } of rules) {
    if (name === undefined) continue;
    if (names.has(name)) {
      const reason = `${name} is another mirror's name`;
      problems.add(failure("CONFIG_VALUE_INVALID", { where: formatPlace(place), key: "name", reason }));
    }
    names.add(name);
  }
  return rules.map((rule) => {
    if (rule.name !== undefined) return rule;
    const name = unused(rule.source.repository.replaceAll("/", "-"), names);
    names.add(name);
    return { ...rule, name };
  });
}

/** `library-busybox`, `library-busybox-2`, … */
function unused(made: string, names: ReadonlySet<string>): string {
  let name = made;
  for (let number = 2; names.has(name); number += 1) name = `${made}-${number}`;
  return name;
}

/** What `from` and `tags` say together. Names alone need no list of all tags. */
function chosen(source: ImageSpec, selection: TagSelection | undefined): RuleImages {
  if (selection === undefined) return imagesOf(source.images);
  if (source.images.kind !== "all") throw new Refusal("`from` already says which images");
  const { include, ...others } = selection;
  const onlyNames = include?.every(isTag) && Object.values(others).every((part) => part === undefined);
  return include !== undefined && onlyNames ? { kind: "tags", tags: include } : { kind: "selection", selection };
}
