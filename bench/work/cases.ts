import type { Bar } from "../report/bars.ts";
import { bigImage, manyImages, manyTags, type Shipment } from "./shipment.ts";
import type { Size } from "./sizes.ts";

/** A wire before a registry. */
export interface Wire {
  /** Milliseconds each way. */
  readonly latency: number;
  /** Bytes per second each way. */
  readonly bandwidth?: number;
}

/** One row of the benchmark: what is copied, where to, and over what. */
export interface Case {
  readonly name: string;
  title(size: Size): string;
  make(size: Size): Promise<Shipment>;
  /** What is copied to be counted instead, where nothing but bytes grows with the size. */
  sample?(size: Size): Promise<Shipment>;
  /** Registries that all of it goes to. */
  readonly destinations: number;
  /** Whether the destinations are empty at each run, or have everything already. */
  readonly state: "cold" | "unchanged";
  /** Left out: loopback as it is. */
  readonly wire?: { readonly source?: Wire; readonly destination?: Wire };
  /** Takes long, and runs only when it is asked for by name. */
  readonly extra?: true;
  readonly bars: readonly Bar[];
}

const MEGABIT = 1_000_000 / 8;
const FAR: Wire = { latency: 10 };
const FAR_AND_NARROW: Wire = { latency: 10, bandwidth: 200 * MEGABIT };
const MEMORY: Bar = { measure: "peak MiB", atMost: 150 };
const READ_ONCE: Bar = { measure: "source ×", atMost: 1.005 };

const big = (size: Size) => `${size.bigMiB} MiB, two platforms`;
const narrow = (size: Size) => `${size.narrowMiB} MiB, two platforms`;
const images = (size: Size) => `${size.images} images that share layers, ${size.images / 10} repositories`;
const tags = (size: Size) => `one repository with ${size.tags} tags`;
const makeBig = (size: Size) => bigImage(size.bigMiB);
const makeNarrow = (size: Size) => bigImage(size.narrowMiB);
const makeImages = (size: Size) => manyImages(size.images);
const makeTags = (size: Size) => manyTags(size.tags);

export const CASES: readonly Case[] = [
  {
    name: "big",
    title: (size) => `${big(size)}, to one registry`,
    make: makeBig,
    sample: makeNarrow,
    destinations: 1,
    state: "cold",
    bars: [
      { measure: "wall s", atMost: 1, than: "crane" },
      { measure: "wall s", atMost: 1.1, than: "best" },
      { measure: "CPU s", atMost: 1, than: "crane" },
      MEMORY,
    ],
  },
  {
    name: "big-three",
    title: (size) => `${big(size)}, to three registries`,
    make: makeBig,
    sample: makeNarrow,
    destinations: 3,
    state: "cold",
    bars: [
      { measure: "wall s", atMost: 0.8, than: "best" },
      { measure: "CPU s", atMost: 0.6, than: "crane" },
      READ_ONCE,
      MEMORY,
    ],
  },
  {
    name: "narrow-three",
    title: (size) => `${narrow(size)}, to three registries; 200 Mbit/s and 20 ms to the source and back`,
    make: makeNarrow,
    destinations: 3,
    state: "cold",
    wire: { source: FAR_AND_NARROW },
    bars: [{ measure: "wall s", atMost: 0.4, than: "best" }, MEMORY],
  },
  {
    name: "images",
    title: (size) => `${images(size)}, to an empty registry`,
    make: makeImages,
    destinations: 1,
    state: "cold",
    bars: [
      { measure: "wall s", atMost: 0.7, than: "best" },
      { measure: "requests", atMost: 0.62, than: "best" },
      MEMORY,
    ],
  },
  {
    name: "images-unchanged",
    title: (size) => `${images(size)}, nothing changed`,
    make: makeImages,
    destinations: 1,
    state: "unchanged",
    bars: [MEMORY],
  },
  {
    name: "images-far",
    title: (size) => `${images(size)}, to an empty registry; 20 ms to each registry and back`,
    make: makeImages,
    destinations: 1,
    state: "cold",
    wire: { source: FAR, destination: FAR },
    extra: true,
    bars: [{ measure: "wall s", atMost: 0.7, than: "best" }, MEMORY],
  },
  {
    name: "images-unchanged-far",
    title: (size) => `${images(size)}, nothing changed; 20 ms to each registry and back`,
    make: makeImages,
    destinations: 1,
    state: "unchanged",
    wire: { source: FAR, destination: FAR },
    bars: [MEMORY],
  },
  {
    name: "tags",
    title: (size) => `${tags(size)}, to an empty registry`,
    make: makeTags,
    destinations: 1,
    state: "cold",
    bars: [
      { measure: "wall s", atMost: 0.7, than: "best" },
      { measure: "requests", atMost: 0.62, than: "best" },
      MEMORY,
    ],
  },
  {
    name: "tags-unchanged",
    title: (size) => `${tags(size)}, nothing changed`,
    make: makeTags,
    destinations: 1,
    state: "unchanged",
    bars: [{ measure: "wall s", atMost: 1, than: "crane" }, { measure: "CPU s", atMost: 1.4, than: "crane" }, MEMORY],
  },
  {
    name: "tags-unchanged-far",
    title: (size) => `${tags(size)}, nothing changed; 20 ms to each registry and back`,
    make: makeTags,
    destinations: 1,
    state: "unchanged",
    wire: { source: FAR, destination: FAR },
    bars: [
      { measure: "wall s", atMost: 0.25, than: "crane" },
      { measure: "wall s", atMost: 0.8, than: "crane -j 16" },
      MEMORY,
    ],
  },
  {
    name: "tags-far",
    title: (size) => `${tags(size)}, to an empty registry; 20 ms to each registry and back`,
    make: makeTags,
    destinations: 1,
    state: "cold",
    wire: { source: FAR, destination: FAR },
    extra: true,
    bars: [{ measure: "wall s", atMost: 0.7, than: "best" }, MEMORY],
  },
];
