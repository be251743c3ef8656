import type { Config } from "../../config/slipway/load-config.ts";
import { repositoryOf } from "../../oci/reference.ts";
import type { ServedMirror } from "../control.ts";

/** The mirrors of a configuration by name, in its order. */
export function servedMirrors({ rules }: Pick<Config, "rules">): ReadonlyMap<string, ServedMirror> {
  const mirrors = rules.map((rule): ServedMirror => {
    const destinations = new Set(rule.destinations.map(({ repository }) => repositoryOf(repository)));
    const name = rule.name ?? repositoryOf(rule.source);
    return { name, source: repositoryOf(rule.source), destinations: [...destinations], rule };
  });
  return new Map(mirrors.map((mirror) => [mirror.name, mirror]));
}
