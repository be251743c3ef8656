import type { Reference } from "../../oci/reference.ts";
import type { Capabilities, Known } from "../../registry/capabilities.ts";
import type { Registry } from "../../registry/registry.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, fine } from "./finding.ts";

/** One line for each registry that is pushed to: what it can do, and how that is known. */
export async function checkCapabilities(
  places: readonly Reference[],
  registry: Registry,
  words: Words,
): Promise<readonly Finding[]> {
  const firsts = new Map(places.toReversed().map((place) => [place.registry, place]));
  const findings = [...firsts].toReversed().map(async ([host, place]) => {
    // what keeps it from answering is told by the check of the place
    const capabilities = await registry
      .repository(place)
      .capabilities()
      .catch(() => undefined);
    return capabilities === undefined ? [] : [fine("capabilities", line(host, capabilities, words))];
  });
  return (await Promise.all(findings)).flat();
}

function line(host: string, { referrersApi, deletesTags, listing, apiVersion }: Capabilities, words: Words): string {
  const yesOrNo = (value: boolean) => words.text(value ? "doctor.yes" : "doctor.no");
  return words.text("doctor.capabilities.of", {
    host,
    referrers: known(referrersApi, yesOrNo, words),
    deletes: known(deletesTags, yesOrNo, words),
    listing: known(listing, (kind) => (kind === "plain" ? words.text("doctor.no") : kind), words),
    version: known(apiVersion, (version) => version, words),
  });
}

function known<T>(fact: Known<T>, say: (value: T) => string, words: Words): string {
  if (fact.how === "unknown") return words.text("doctor.how.unknown");
  return words.text(`doctor.how.${fact.how}`, { value: say(fact.value) });
}
