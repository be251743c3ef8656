import type { Occasion } from "../../notify/index.ts";
import type { IncidentRecord, Instant } from "../../store/records.ts";
import type { Trouble, TroubleKind } from "./trouble.ts";

/** `began`: it is told for the first time; `again`: it still is so; `over`: it is so no more. */
export type Phase = "began" | "again" | "over";

/** Something to be told: all that became so in one round, together. */
export interface News {
  readonly kind: TroubleKind;
  readonly phase: Phase;
  readonly at: Instant;
  readonly items: readonly Item[];
}

/** An incident as it is now, or was at its end, and what is known of it besides. */
export interface Item {
  readonly incident: IncidentRecord;
  readonly trouble?: Trouble;
}

const OCCASIONS: Readonly<Record<TroubleKind, Occasion>> = {
  failed: "failed",
  partial: "partial",
  silence: "silence",
  lag: "lag",
  success: "lag",
  expiry: "expiry",
  configuration: "failed",
};

/**
 * What a channel has to want in order to hear of this: one of each of these lists. Of an end nobody hears who would not have heard of
 * the beginning.
 */
export function occasionsOf({ kind, phase }: Pick<News, "kind" | "phase">): readonly (readonly Occasion[])[] {
  const beginning = kind === "failed" || kind === "partial" ? (["failed", "partial"] as const) : [OCCASIONS[kind]];
  switch (phase) {
    case "began":
      return [[OCCASIONS[kind]]];
    case "again":
      return kind === "expiry" ? [["expiry"]] : [["still-failing"], beginning];
    case "over":
      return [["recovered"], beginning];
  }
}
