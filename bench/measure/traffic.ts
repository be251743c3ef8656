import type { Front } from "./front.ts";
import { secondsOf } from "./refuser.ts";

/** What a run asked of the registries; what nothing counted is left out. */
export interface Traffic {
  /** Bytes read from the source to bytes of the shipment, each blob once. */
  readonly timesRead?: number;
  /** Bytes sent to the destinations to bytes of the shipment for each. */
  readonly timesSent?: number;
  readonly sourceRequests?: number;
  readonly destinationRequests?: number;
  /** How long any registry had asked to be left alone, and how many requests came nevertheless. */
  readonly pausedSeconds?: number;
  readonly early?: number;
}

/** @param bytes of the shipment, each blob once */
export function trafficOf(source: Front, destinations: readonly Front[], bytes: number): Traffic {
  const read = source.traffic();
  const sent = destinations.map((front) => front.traffic());
  const all = [read, ...sent];
  const sum = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const isKnown = (values: readonly unknown[]) => values.every((value) => value !== undefined);
  return {
    ...(read.bytesDown !== undefined && { timesRead: read.bytesDown / bytes }),
    ...(isKnown(sent.map(({ bytesUp }) => bytesUp)) && {
      timesSent: sum(sent.map(({ bytesUp }) => bytesUp)) / bytes / sent.length,
    }),
    ...(read.requests !== undefined && { sourceRequests: read.requests }),
    ...(isKnown(sent.map(({ requests }) => requests)) && {
      destinationRequests: sum(sent.map(({ requests }) => requests)),
    }),
    ...(isKnown(all.map(({ pauses }) => pauses)) && {
      pausedSeconds: secondsOf(all.flatMap(({ pauses }) => pauses ?? [])),
      early: sum(all.map(({ early }) => early)),
    }),
  };
}
