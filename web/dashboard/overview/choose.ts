import type { MirrorHealth, MirrorShape } from "../../../src/daemon/api/shapes.ts";

export const HEALTHS: readonly MirrorHealth[] = ["in-step", "behind", "failing", "silent", "unknown"];

/** In what order mirrors stand: as in the configuration, or what needs somebody first, or the longest lag first. */
export const ORDERS = ["configured", "trouble", "lag"] as const;
export type Order = (typeof ORDERS)[number];

export interface Choice {
  readonly health: MirrorHealth | undefined;
  /** In the name, the source or a destination. */
  readonly search: string;
  readonly order: Order;
}

/** What an address asks for; what it may not ask for counts as nothing. */
export function choiceOf(query: URLSearchParams): Choice {
  return {
    health: HEALTHS.find((health) => health === query.get("health")),
    search: query.get("search") ?? "",
    order: ORDERS.find((order) => order === query.get("order")) ?? "configured",
  };
}

/** How many mirrors are so, of each. */
export function countHealths(mirrors: readonly MirrorShape[]): Readonly<Record<MirrorHealth, number>> {
  const counts = { "in-step": 0, behind: 0, failing: 0, silent: 0, unknown: 0 };
  for (const { health } of mirrors) counts[health] += 1;
  return counts;
}

/** The mirrors that are asked for, in the order that is asked for. */
export function chooseMirrors(mirrors: readonly MirrorShape[], choice: Choice): readonly MirrorShape[] {
  const wanted = choice.search.trim().toLowerCase();
  const found = mirrors.filter(
    ({ name, source, destinations, health }) =>
      (choice.health === undefined || health === choice.health) &&
      [name, source, ...destinations].some((text) => text.toLowerCase().includes(wanted)),
  );
  switch (choice.order) {
    case "configured":
      return found;
    case "trouble":
      return found.toSorted((one, other) => TROUBLE.indexOf(one.health) - TROUBLE.indexOf(other.health));
    case "lag":
      return found.toSorted((one, other) => (other.targets.lag ?? -1) - (one.targets.lag ?? -1));
  }
}

const TROUBLE: readonly MirrorHealth[] = ["failing", "silent", "behind", "unknown", "in-step"];
