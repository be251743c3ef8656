import { type Case, MEMORY } from "../case.ts";
import { KEEPING } from "../registries.ts";
import { bigImage } from "../shipment.ts";
import type { Size } from "../sizes.ts";
import type { Wire } from "../way.ts";

const MEBIBYTE = 1024 * 1024;
const MEGABIT = 1_000_000 / 8;
const FAR_AND_NARROW: Wire = { kind: "wire", latency: 10, bandwidth: 200 * MEGABIT };
const CUT_BY_16_MIB: Wire = { kind: "wire", cutAfterBytes: 16 * MEBIBYTE };
const CUT_BY_4_MIB: Wire = { kind: "wire", cutAfterBytes: 4 * MEBIBYTE };
const GIGABIT: Wire = { kind: "wire", latency: 1, bandwidth: 1000 * MEGABIT };
const BARE: Wire = { kind: "wire" };
const KILLS = 20;

const title = (size: Size) => `${size.bigMiB} MiB, two platforms`;
const make = (size: Size) => bigImage(size.bigMiB);
const makeNarrow = (size: Size) => bigImage(size.narrowMiB);

/** One large image. */
export const BIG_CASES: readonly Case[] = [
  {
    name: "big",
    title: (size) => `${title(size)}, to one registry`,
    make,
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
    name: "big-tls",
    title: (size) => `${title(size)}, to one registry; both over TLS`,
    make,
    destinations: 1,
    state: "cold",
    ways: { source: { kind: "tls" }, destination: { kind: "tls" } },
    bars: [
      { measure: "wall s", atMost: 1, than: "crane" },
      { measure: "wall s", atMost: 1.2, than: "best" },
      { measure: "CPU s", atMost: 1.1, than: "crane" },
      MEMORY,
    ],
  },
  {
    name: "big-three",
    title: (size) => `${title(size)}, to three registries`,
    make,
    sample: makeNarrow,
    destinations: 3,
    state: "cold",
    bars: [
      { measure: "wall s", atMost: 0.8, than: "best" },
      { measure: "CPU s", atMost: 0.6, than: "crane" },
      { measure: "source ×", atMost: 1.005 },
      MEMORY,
    ],
  },
  {
    name: "narrow-three",
    title: (size) =>
      `${size.narrowMiB} MiB, two platforms, to three registries; 200 Mbit/s and 20 ms to the source and back`,
    make: makeNarrow,
    destinations: 3,
    state: "cold",
    ways: { source: FAR_AND_NARROW },
    bars: [{ measure: "wall s", atMost: 0.4, than: "best" }, MEMORY],
  },
  {
    name: "upload-cut",
    title: (size) => `${title(size)}, to one registry; connections to it end after 16 MiB`,
    make,
    destinations: 1,
    state: "cold",
    ways: { destination: CUT_BY_16_MIB },
    secondsPerRun: 120,
    bars: [{ measure: "sent ×", atMost: 1.35 }, MEMORY],
  },
  {
    name: "upload-cut-kept",
    title: (size) =>
      `${title(size)}, to one registry that keeps what it has of an upload; connections to it end after 16 MiB`,
    make,
    destinations: 1,
    state: "cold",
    registry: KEEPING,
    ways: { destination: CUT_BY_16_MIB },
    secondsPerRun: 120,
    bars: [{ measure: "sent ×", atMost: 1.05 }, MEMORY],
  },
  {
    name: "download-cut",
    title: (size) => `${title(size)}, to one registry; connections to the source end after 4 MiB`,
    make,
    destinations: 1,
    state: "cold",
    ways: { source: CUT_BY_4_MIB },
    secondsPerRun: 120,
    bars: [{ measure: "source ×", atMost: 1.05 }, MEMORY],
  },
  {
    name: "killed",
    title: (size) =>
      `${title(size)}, to three registries; 1 Gbit/s to the source; killed ${KILLS} times (kill -9), and given again`,
    make,
    destinations: 3,
    state: "cold",
    ways: { source: GIGABIT, destination: BARE },
    kills: KILLS,
    alone: true,
    secondsPerRun: 400,
    bars: [{ measure: "source ×", atMost: 1.1 }, MEMORY],
  },
];
