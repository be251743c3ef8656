import type { Bar } from "../report/bars.ts";
import type { RegistryKind } from "./registries.ts";
import type { Shipment } from "./shipment.ts";
import type { Size } from "./sizes.ts";
import type { Ways } from "./way.ts";

/** What is copied, where to, and over what. */
export interface Setting {
  make(size: Size): Promise<Shipment>;
  /** Registries that all of it goes to. */
  readonly destinations: number;
  /** Whether the destinations are empty at each run, or have everything already. */
  readonly state: "cold" | "unchanged";
  /** Default: Debian's docker-registry. */
  readonly registry?: RegistryKind;
  readonly ways?: Ways;
  /** How often the command is killed and given again, at moments that the seed chooses. */
  readonly kills?: number;
}

/** One row of the benchmark. */
export interface Case extends Setting {
  readonly name: string;
  title(size: Size): string;
  /** What is copied to be counted instead, where nothing but bytes grows with the size. */
  sample?(size: Size): Promise<Shipment>;
  /** Slipway in another setting, in the same rounds, for comparison. */
  readonly reference?: { readonly name: string; readonly setting: Setting };
  /** For Slipway alone: no other tool claims such a thing, or it would take hours. */
  readonly alone?: true;
  /** A run that takes longer is ended. */
  readonly secondsPerRun?: number;
  /** Takes long, and runs only when it is asked for by name. */
  readonly extra?: true;
  readonly bars: readonly Bar[];
}

export const MEMORY: Bar = { measure: "peak MiB", atMost: 150 };
