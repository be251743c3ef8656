import { type Case, MEMORY, type Setting } from "../case.ts";
import { manyImages } from "../shipment.ts";
import type { Size } from "../sizes.ts";
import type { Refusals, Wire } from "../way.ts";

const FAR: Wire = { kind: "wire", latency: 10 };
const UNAVAILABLE: Refusals = { kind: "refusals", status: 503, share: 0.05 };
const TOO_MANY: Refusals = { kind: "refusals", status: 429, share: 0.05, retryAfterSeconds: 1 };
/** What counts requests is there, and refuses none: the same way otherwise. */
const NO_REFUSALS: Refusals = { kind: "refusals", status: 503, share: 0 };

const title = (size: Size) => `${size.images} images that share layers, ${size.images / 10} repositories`;
const cold: Setting = { make: (size) => manyImages(size.images), destinations: 1, state: "cold" };
const unchanged: Setting = { ...cold, state: "unchanged" };
const calm = {
  name: "slipway, none refused",
  setting: { ...cold, ways: { source: NO_REFUSALS, destination: NO_REFUSALS } },
};

/** Many images in several repositories. */
export const IMAGES_CASES: readonly Case[] = [
  {
    ...cold,
    name: "images",
    title: (size) => `${title(size)}, to an empty registry`,
    bars: [
      { measure: "wall s", atMost: 0.7, than: "best" },
      { measure: "requests", atMost: 0.62, than: "best" },
      MEMORY,
    ],
  },
  {
    ...cold,
    name: "images-503",
    title: (size) => `${title(size)}, to an empty registry; 5 % of all requests are answered 503, on both sides`,
    ways: { source: UNAVAILABLE, destination: UNAVAILABLE },
    reference: calm,
    secondsPerRun: 90,
    bars: [{ measure: "wall s", atMost: 2, than: calm.name }, MEMORY],
  },
  {
    ...cold,
    name: "images-429",
    title: (size) =>
      `${title(size)}, to an empty registry; 5 % of all requests are answered 429, Retry-After: 1, on both sides`,
    ways: { source: TOO_MANY, destination: TOO_MANY },
    reference: calm,
    secondsPerRun: 400,
    bars: [{ measure: "active s", atMost: 2, than: calm.name }, { measure: "early", atMost: 0 }, MEMORY],
  },
  {
    ...unchanged,
    name: "images-unchanged",
    title: (size) => `${title(size)}, nothing changed`,
    bars: [MEMORY],
  },
  {
    ...cold,
    name: "images-far",
    title: (size) => `${title(size)}, to an empty registry; 20 ms to each registry and back`,
    ways: { source: FAR, destination: FAR },
    secondsPerRun: 90,
    bars: [{ measure: "wall s", atMost: 0.7, than: "best" }, MEMORY],
  },
  {
    ...unchanged,
    name: "images-unchanged-far",
    title: (size) => `${title(size)}, nothing changed; 20 ms to each registry and back`,
    ways: { source: FAR, destination: FAR },
    bars: [MEMORY],
  },
];
