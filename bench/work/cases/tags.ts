import { type Case, MEMORY, type Setting } from "../case.ts";
import { LISTING, LISTING_A_TENTH } from "../registries.ts";
import { manyTags, surveyedTags } from "../shipment.ts";
import type { Size } from "../sizes.ts";
import type { Wire } from "../way.ts";

const FAR: Wire = { kind: "wire", latency: 10 };
const title = (size: Size) => `one repository with ${size.tags} tags`;
const cold: Setting = { make: (size) => manyTags(size.tags), destinations: 1, state: "cold" };
const unchanged: Setting = { ...cold, state: "unchanged" };
const tenth = {
  name: "slipway, a tenth of them",
  setting: { ...unchanged, make: (size: Size) => surveyedTags(size.surveyed / 10), registry: LISTING_A_TENTH },
};

/** One repository with many tags. */
export const TAGS_CASES: readonly Case[] = [
  {
    ...cold,
    name: "tags",
    title: (size) => `${title(size)}, to an empty registry`,
    bars: [
      { measure: "wall s", atMost: 0.7, than: "best" },
      { measure: "requests", atMost: 0.62, than: "best" },
      MEMORY,
    ],
  },
  {
    ...unchanged,
    name: "tags-unchanged",
    title: (size) => `${title(size)}, nothing changed`,
    bars: [{ measure: "wall s", atMost: 1, than: "crane" }, { measure: "CPU s", atMost: 1.4, than: "crane" }, MEMORY],
  },
  {
    ...unchanged,
    name: "tags-unchanged-far",
    title: (size) => `${title(size)}, nothing changed; 20 ms to each registry and back`,
    ways: { source: FAR, destination: FAR },
    bars: [
      { measure: "wall s", atMost: 0.25, than: "crane" },
      { measure: "wall s", atMost: 0.8, than: "crane -j 16" },
      MEMORY,
    ],
  },
  {
    ...cold,
    name: "tags-far",
    title: (size) => `${title(size)}, to an empty registry; 20 ms to each registry and back`,
    ways: { source: FAR, destination: FAR },
    extra: true,
    bars: [{ measure: "wall s", atMost: 0.7, than: "best" }, MEMORY],
  },
  {
    ...unchanged,
    name: "tags-surveyed",
    title: (size) => `one repository with ${size.surveyed} tags, nothing changed; the tests' registry on both sides`,
    make: (size) => surveyedTags(size.surveyed),
    registry: LISTING,
    reference: tenth,
    alone: true,
    secondsPerRun: 400,
    bars: [
      { measure: "wall s", atMost: 12, than: tenth.name },
      { measure: "peak MiB", atMost: 250 },
    ],
  },
];
