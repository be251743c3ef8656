import type { Settings } from "../../config/settings.ts";
import type { Ping } from "../../registry/ping.ts";
import type { Registry } from "../../registry/registry.ts";
import { asFailure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed } from "./finding.ts";

/** Tokens and signed addresses are refused when the clock is off by minutes; this leaves room for a slow answer. */
const SKEW_SECONDS = 60;

/** The registries that a configuration speaks to: all of its sources, destinations and `hosts:`. */
export function hostsOf(settings: Settings): readonly string[] {
  const named = settings.rules.flatMap(({ source, destinations }) => [
    source.registry,
    ...destinations.map(({ repository }) => repository.registry),
  ]);
  return [...new Set([...named, ...settings.hosts.keys()])].toSorted();
}

/** Whether a registry answers, how it lets people in, and whether its clock is ours. */
export async function checkRegistry(registry: Registry, host: string, words: Words): Promise<readonly Finding[]> {
  try {
    const answer = await registry.ping(host);
    const auth = words.text(`doctor.auth.${answer.auth}`);
    const text = words.text("doctor.registry.fine", { host, scheme: answer.scheme, auth });
    return [{ check: "registry", ok: true, text }, ...checkClock(answer, words)];
  } catch (thrown) {
    // It answers, and lets nobody in without a repository: whether it lets us into ours is the next check.
    if (asFailure(thrown).code !== "UNAUTHORIZED") return [failed("registry", thrown, words)];
    return [{ check: "registry", ok: true, text: words.text("doctor.registry.closed", { host }) }];
  }
}

/** Only a clock that is wrong is worth a line. */
function checkClock({ host, date }: Ping, words: Words): readonly Finding[] {
  const seconds = date === undefined ? 0 : Math.round(Math.abs(Date.now() - date.getTime()) / 1000);
  if (seconds <= SKEW_SECONDS) return [];
  const text = words.text("doctor.clock.skew", { host, seconds });
  return [{ check: "clock", ok: false, text, hint: words.text("doctor.clock.hint") }];
}
