import { formatPlace } from "../config/reading/place.ts";
import { Problems } from "../config/reading/problems.ts";
import { failure } from "../words/error.ts";
import { arrivalOf, contentOf, type Delivery } from "./deliveries.ts";

/**
 * The deliveries without those that are there twice: the first counts, also in whether referrers travel with it.
 * @throws CONFIG_CONFLICT, or CONFIG_INVALID for several, when two different images would have one name
 */
export function withoutConflicts(deliveries: readonly Delivery[]): readonly Delivery[] {
  const byArrival = new Map<string, Delivery>();
  const problems = new Problems(deliveries[0]?.rule.place.file ?? "");
  for (const delivery of deliveries) {
    const arrival = arrivalOf(delivery);
    const earlier = byArrival.get(arrival);
    if (earlier === undefined) byArrival.set(arrival, delivery);
    else if (contentOf(earlier) !== contentOf(delivery)) {
      const [first, second] = [describe(earlier), describe(delivery)];
      problems.add(failure("CONFIG_CONFLICT", { destination: arrival, first, second }));
    }
  }
  problems.throwIfAny();
  return [...byArrival.values()];
}

/** `docker.io/library/busybox:1.36 (images.yaml:3:1)` */
function describe({ rule, reference }: Delivery): string {
  const joint = reference.includes(":") ? "@" : ":";
  return `${rule.source.registry}/${rule.source.repository}${joint}${reference} (${formatPlace(rule.place)})`;
}
