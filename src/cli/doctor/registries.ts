import type { Settings } from "../../config/settings.ts";
import type { Ping } from "../../registry/ping.ts";
import type { Registry } from "../../registry/registry.ts";
import { asFailure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine } from "./finding.ts";
import type { Places } from "./places.ts";

/** Tokens and signed addresses are refused when the clock is off by minutes; this leaves room for a slow answer. */
const SKEW_SECONDS = 60;

/** The registries that a configuration speaks to, each with a repository that is wanted of it, if one is. */
export function hostsOf(settings: Settings, { sources, destinations }: Places): ReadonlyMap<string, string> {
  const places = [...destinations, ...sources.map(({ source }) => source)];
  const named = [...settings.hosts.keys()].map((host) => [host, ""] as const);
  const wanted = places.map(({ registry, repository }) => [registry, repository] as const);
  return new Map([...new Map([...named, ...wanted])].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Whether a registry answers, how it lets people in, and whether its clock is ours.
 * @param repository for which there may be credentials
 */
export async function checkRegistry(
  registry: Registry,
  host: string,
  repository: string,
  words: Words,
): Promise<readonly Finding[]> {
  try {
    const answer = await registry.ping(host, repository);
    const auth = words.text(`doctor.auth.${answer.auth}`);
    const text = words.text("doctor.registry.fine", { host, scheme: answer.scheme, auth });
    return [fine("registry", text), ...checkClock(answer, words)];
  } catch (thrown) {
    // It answers, and lets nobody in without a repository: whether it lets us into ours is the next check.
    if (asFailure(thrown).code !== "UNAUTHORIZED") return [failed("registry", thrown, words)];
    return [fine("registry", words.text("doctor.registry.closed", { host }))];
  }
}

/** Only a clock that is wrong is worth a line. */
function checkClock({ host, date }: Ping, words: Words): readonly Finding[] {
  const seconds = date === undefined ? 0 : Math.round(Math.abs(Date.now() - date.getTime()) / 1000);
  if (seconds <= SKEW_SECONDS) return [];
  const text = words.text("doctor.clock.skew", { host, seconds });
  return [{ check: "clock", level: "failed", text, hint: words.text("doctor.clock.hint") }];
}
