import { isReferrerTag } from "../../mirror/referrer-tags.ts";
import { isTag } from "../../oci/reference.ts";
import type { InForce, ServedMirror } from "../control.ts";
import { narrow } from "../work/narrow.ts";
import type { Pushed, ToldRegistry } from "./pushed.ts";

/**
 * The mirrors that read what was pushed, from their source or from one of its alternates, and that mean a tag of that
 * name. A registry that goes by another name here than it calls itself is known by the repository alone.
 */
export function concernedBy({ mirrors, config }: InForce, pushed: Pushed): readonly string[] {
  if (!isTag(pushed.tag) || isReferrerTag(pushed.tag)) return [];
  const placesOf = ({ rule: { source } }: ServedMirror) => [
    `${source.registry}/${source.repository}`,
    ...(config.hosts.get(source.registry)?.alternates ?? []).map((place) => `${place}/${source.repository}`),
  ];
  const reading = (isThere: (registry: string) => boolean) =>
    [...mirrors.values()].filter((mirror) =>
      placesOf(mirror).some((place) => {
        const slash = place.indexOf("/");
        return place.slice(slash + 1) === pushed.repository && isThere(place.slice(0, slash));
      }),
    );
  const named = reading((registry) => isNamed(registry, pushed.registry));
  const found = named.length === 0 && pushed.registry.kind === "own-name" ? reading(() => true) : named;
  return found.filter(({ rule }) => narrow(rule, [pushed.tag]).kind !== "nothing").map(({ name }) => name);
}

function isNamed(registry: string, told: ToldRegistry): boolean {
  if (told.kind !== "region") return registry === told.host;
  // registry.REGION.aliyuncs.com and its twins inside; those of one's own instance are NAME.REGION[.personal].cr.aliyuncs.com
  return registry.endsWith(".aliyuncs.com") && registry.split(".").includes(told.region);
}
