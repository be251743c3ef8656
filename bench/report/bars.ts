import { pairedRatio } from "../measure/statistics.ts";
import { type Figures, type Measure, middleOf } from "./figures.ts";

/** What Slipway sets itself: so much of what a peer needs (`best`: whichever needs least), or so much at all. */
export interface Bar {
  readonly measure: Measure;
  readonly atMost: number;
  readonly than?: string;
}

/** A bar with what was found; nothing is known where there is nothing to compare. */
export interface Judged {
  readonly bar: Bar;
  readonly found: number | undefined;
  readonly peer?: string;
  /** Slipway itself did not get there. */
  readonly isMissed?: true;
}

/** Holds a bar against figures. */
export function judge(bar: Bar, ours: Figures, peers: readonly Figures[]): Judged {
  if (middleOf(ours, "wall s") === undefined) return { bar, found: undefined, isMissed: true };
  if (bar.than === undefined) return { bar, found: middleOf(ours, bar.measure) };
  const peer = bar.than === "best" ? bestOf(peers, bar.measure) : peers.find(({ name }) => name === bar.than);
  if (peer === undefined) return { bar, found: undefined };
  return { bar, found: pairedRatio(ours.values[bar.measure], peer.values[bar.measure]), peer: peer.name };
}

/** A line for people: information, never a failure. */
export function lineOf({ bar, found, peer, isMissed }: Judged): string {
  const { measure, atMost, than } = bar;
  const limit = than === undefined ? `${measure} ≤ ${atMost}` : `${measure} ≤ ${atMost} × ${than}`;
  if (isMissed) return `- ${limit}: not met`;
  if (found === undefined) return `- ${limit}: nothing to compare`;
  const whom = than === "best" ? ` (${peer})` : "";
  return `- ${limit}: ${found.toFixed(2)}${whom}, ${found <= atMost ? "met" : "not met"}`;
}

function bestOf(peers: readonly Figures[], measure: Measure): Figures | undefined {
  const able = peers.filter((peer) => middleOf(peer, measure) !== undefined);
  return able.sort((one, other) => (middleOf(one, measure) ?? 0) - (middleOf(other, measure) ?? 0))[0];
}
