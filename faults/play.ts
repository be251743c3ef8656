import type { Row, Verdict } from "./row.ts";
import { Hung } from "./tools/command.ts";
import type { Player } from "./tools/player.ts";

/** How a tool did at a row. */
export type Result =
  | { readonly kind: "judged"; readonly verdict: Verdict }
  | { readonly kind: "hung"; readonly seconds: number }
  /** The row is not for this tool. */
  | { readonly kind: "none" };

/** Puts a tool to a row. @throws where the stage itself breaks, naming both */
export async function play(row: Row, player: Player): Promise<Result> {
  try {
    if (row.players === "all") return { kind: "judged", verdict: await row.play(player) };
    return player.kind === "slipway" ? { kind: "judged", verdict: await row.play(player) } : { kind: "none" };
  } catch (error) {
    if (error instanceof Hung) return { kind: "hung", seconds: error.seconds };
    throw new Error(`${row.id} with ${player.name}`, { cause: error });
  }
}

/** Those that last long come first, so that the others are done meanwhile. */
export function longestFirst(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => (other.lasts ?? 0) - (one.lasts ?? 0));
}
