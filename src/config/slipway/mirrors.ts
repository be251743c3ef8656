import { isTag, repositoryOf } from "../../oci/reference.ts";
import { failure } from "../../words/error.ts";
import { isAdapting } from "../adapting.ts";
import { destinationFor, imagesOf, type MirrorRule, type RuleDestination, type RuleImages } from "../mirror-rule.ts";
import { formatPlace, type Place } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, itemsOf, type Tree } from "../reading/tree.ts";
import { Refusal, refusalReason } from "../refusal.ts";
import { mirrorSchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";
import { type ImageSpec, parseImageSpec } from "../tags/image-spec.ts";
import type { TagSelection } from "../tags/tag-selection.ts";
import { adaptingPrefixes, type Registry, writtenOut } from "./registries.ts";

/** Reads one entry of `mirrors:`. */
export function readMirror(tree: Tree, registries: readonly Registry[], problems: Problems): MirrorRule | undefined {
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
  };
}

/** What `from` and `tags` say together. Names alone need no list of all tags. */
function chosen(source: ImageSpec, selection: TagSelection | undefined): RuleImages {
  if (selection === undefined) return imagesOf(source.images);
  if (source.images.kind !== "all") throw new Refusal("`from` already says which images");
  const { include, ...others } = selection;
  const onlyNames = include?.every(isTag) && Object.values(others).every((part) => part === undefined);
  return include !== undefined && onlyNames ? { kind: "tags", tags: include } : { kind: "selection", selection };
}
