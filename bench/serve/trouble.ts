import type { Fault, FaultEffect, TestRegistry } from "../../src/testing/index.ts";

/** What befalls requests, each kind with its probability. */
const TROUBLE: readonly { readonly probability: number; readonly effect: FaultEffect }[] = [
  { probability: 0.02, effect: { kind: "status", status: 503 } },
  { probability: 0.005, effect: { kind: "status", status: 429, headers: { "retry-after": "1" } } },
  { probability: 0.01, effect: { kind: "cut", of: "response", afterBytes: 200 } },
  { probability: 0.01, effect: { kind: "cut", of: "request", afterBytes: 1000 } },
  { probability: 0.01, effect: { kind: "lose-answer" } },
  { probability: 0.02, effect: { kind: "latency", milliseconds: 300 } },
];

/** Has a registry fail now and then from now on, in the ways that registries do. */
export function breakNow({ faults }: TestRegistry): readonly Fault[] {
  return TROUBLE.map(({ probability, effect }, at) => faults.add({ when: { probability, seed: at + 1 }, effect }));
}
