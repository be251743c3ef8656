import type { Player, Slipway } from "./tools/player.ts";

/** One line of the table: something goes wrong, and what a tool must make of it. */
export type Row = RowForAll | RowForSlipway;

interface Described {
  /** `F1`: the name of its test. */
  readonly id: string;
  readonly injected: string;
  readonly required: string;
  /** Seconds that it lasts by its nature; such rows are begun first. Default 0. */
  readonly lasts?: number;
}

/** Any tool that copies an image can be put to it. */
export interface RowForAll extends Described {
  readonly players: "all";
  /** Sets the scene, lets the tool act, and judges. */
  readonly play: (player: Player) => Promise<Verdict>;
}

/** It is about Slipway's own inputs, or about several destinations at once. */
export interface RowForSlipway extends Described {
  readonly players: "slipway";
  readonly play: (slipway: Slipway) => Promise<Verdict>;
}

export interface Verdict {
  /** What was required and did not hold, by name; nothing: it passed. */
  readonly broken: readonly string[];
  /** What a tool does that passes. */
  readonly happened: string;
  /** Measured, and rounded, so that it is the same from run to run; empty where nothing was measured. */
  readonly figure: string;
}

/** What must hold, by name. */
export type Checks = Readonly<Record<string, boolean>>;

/** What must hold of several runs together: a name that comes twice must hold twice. */
export function together(...all: readonly Checks[]): Checks {
  const joined: Record<string, boolean> = {};
  for (const [name, holds] of all.flatMap((checks) => Object.entries(checks))) {
    joined[name] = (joined[name] ?? true) && holds;
  }
  return joined;
}

/** @param happened what was seen where every check holds */
export function verdict(happened: string, checks: Checks, figure = ""): Verdict {
  const broken = Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [name]));
  return { broken, happened, figure };
}

/** The same checks, told apart from those of another run. */
export function named(name: string, checks: Checks): Checks {
  return Object.fromEntries(Object.entries(checks).map(([check, holds]) => [`${name}: ${check}`, holds]));
}
