import { nearestOf } from "../../config/nearest.ts";
import type { SiteSettings } from "../../config/slipway/site.ts";
import type { Source } from "../../site/model.ts";
import { failure } from "../../words/error.ts";

/**
 * The source that a person named, or the first that nothing is the matter with. A paused one has to be named.
 * @throws COMPOSE_SOURCE_RETIRED, COMPOSE_SOURCE_REPLACED, COMPOSE_SOURCE_MISSPELT, COMPOSE_SOURCE_UNKNOWN,
 * COMPOSE_SOURCES_PAUSED
 */
export function chooseSource(name: string | undefined, sources: readonly Source[], site: SiteSettings): Source {
  const known = sources.map(({ id }) => id).join(", ");
  if (name === undefined) {
    const usual = sources.find(({ state }) => state.kind === "active") ?? sources.find((one) => !isPaused(one));
    if (usual !== undefined) return usual;
    throw failure("COMPOSE_SOURCES_PAUSED", { known });
  }
  const named = sources.find(({ id }) => id === name);
  if (named !== undefined) return named;
  const { state, successor } = (Object.hasOwn(site.sources ?? {}, name) ? site.sources?.[name] : undefined) ?? {};
  if (state === "retired") {
    if (successor === undefined) throw failure("COMPOSE_SOURCE_RETIRED", { source: name, known });
    throw failure("COMPOSE_SOURCE_REPLACED", { source: name, successor });
  }
  const nearest = nearestOf(
    name,
    sources.map(({ id }) => id),
  );
  if (nearest !== undefined) throw failure("COMPOSE_SOURCE_MISSPELT", { source: name, nearest, known });
  throw failure("COMPOSE_SOURCE_UNKNOWN", { source: name, known });
}

function isPaused({ state }: Source): boolean {
  return state.kind === "paused";
}
