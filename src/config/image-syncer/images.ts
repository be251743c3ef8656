import { destinationFor, imagesOf, type MirrorRule, type RuleDestination, type RuleImages } from "../mirror-rule.ts";
import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { describe, type Entry, itemsOf, repeatedEntries, type Tree } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import { type ImageSpec, parseImageSpec } from "../tags/image-spec.ts";
import { expectMapping, type Reading, refuse } from "./reading.ts";

/**
 * Reads `{ <source>: <destination> | [<destination>, …] }`. A source on several lines has the destinations of all of
 * them, and a notice says so: image-syncer keeps the last line alone.
 * https://github.com/AliyunContainerService/image-syncer/blob/v1.5.5/README.md
 */
export function readImages(tree: Tree, reading: Reading): readonly MirrorRule[] {
  const entries = expectMapping(tree, "images", "sources with destinations", reading);
  for (const { entry, first } of repeatedEntries(entries)) {
    reading.notices.push(notice("notice.keys-joined", { where: formatPlace(entry.place), key: entry.key, first }));
  }
  const lines = Map.groupBy(entries, ({ key }) => key);
  return [...lines.values()].map((entries) => readRule(entries, reading)).filter((rule) => rule !== undefined);
}

/** The lines of one source as one rule. */
function readRule(entries: readonly Entry[], reading: Reading): MirrorRule | undefined {
  const [first] = entries;
  if (first === undefined) return undefined;
  const source = readSpec(first, reading);
  if (source === undefined) return undefined;
  const images = imagesOf(source.images);
  const destinations = entries
    .flatMap((entry) => destinationsOf(entry, reading))
    .map((destination) => readDestination(source, images, destination, reading))
    .filter((destination) => destination !== undefined);
  return { place: first.place, source: source.repository, images, destinations, referrers: true };
}

function readSpec(entry: Entry, reading: Reading): ImageSpec | undefined {
  try {
    return parseImageSpec(entry.key);
  } catch (cause) {
    refuse(entry, entry.key, refusalReason(cause), reading);
    return undefined;
  }
}

function destinationsOf(entry: Entry, reading: Reading): readonly Tree[] {
  const items = itemsOf(entry.value);
  if (items.length === 0) refuse(entry.value, entry.key, "expected a destination or a list of such", reading);
  return items;
}

function readDestination(
  source: ImageSpec,
  images: RuleImages,
  destination: Tree,
  reading: Reading,
): RuleDestination | undefined {
  if (destination.kind !== "scalar" || destination.text === null) {
    refuse(destination, "the destination", `expected text, found ${describe(destination)}`, reading);
    return undefined;
  }
  try {
    return destinationFor(source.images, images, parseImageSpec(destination.text));
  } catch (cause) {
    refuse(destination, destination.text, refusalReason(cause), reading);
    return undefined;
  }
}
