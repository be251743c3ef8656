import { setTimeout as sleep } from "node:timers/promises";
import type { FaultEffect } from "./faults.ts";

/** Thrown in the middle of a body: the connection is to be closed now. */
export class Cut extends Error {
  override readonly name = "Cut";
}

/** Bytes that go out at once when a body is slowed down, so that time is what limits it. */
const PACED_BYTES = 16 * 1024;

type BodyEffect = Extract<FaultEffect, { of: "request" | "response" }>;

/** The effects on one of the two bodies. */
export function bodyEffects(effects: readonly FaultEffect[], of: "request" | "response"): readonly BodyEffect[] {
  return effects.filter((effect): effect is BodyEffect => "of" in effect && effect.of === of);
}

/** A body with its faults. `gone` tells when the client has left, so that a stall ends then. @throws Cut */
export async function* shaped(
  chunks: AsyncIterable<Uint8Array>,
  effects: readonly BodyEffect[],
  gone: AbortSignal,
): AsyncIterable<Uint8Array> {
  const rate = Math.min(...effects.map((effect) => (effect.kind === "slow" ? effect.bytesPerSecond : Infinity)));
  const ends = effects.filter((effect) => effect.kind === "cut" || effect.kind === "stall");
  const end = ends.reduce<(typeof ends)[number] | undefined>(
    (first, next) => (first === undefined || next.afterBytes < first.afterBytes ? next : first),
    undefined,
  );
  let at = 0;
  if (end?.afterBytes === 0) await stop(end.kind, gone);
  for await (const chunk of chunks) {
    const whole = flipped(chunk, at, effects);
    const kept = end === undefined ? whole : whole.subarray(0, end.afterBytes - at);
    for (const piece of rate === Infinity ? [kept] : pieces(kept, rate)) {
      yield piece;
      if (rate !== Infinity) await sleep((piece.byteLength / rate) * 1000, undefined, { signal: gone });
    }
    at += kept.byteLength;
    if (end !== undefined && at >= end.afterBytes) await stop(end.kind, gone);
  }
}

async function stop(kind: "cut" | "stall", gone: AbortSignal): Promise<never> {
  if (kind === "stall" && !gone.aborted) {
    await new Promise((resolve) => gone.addEventListener("abort", resolve, { once: true }));
  }
  throw new Cut();
}

function flipped(chunk: Uint8Array, at: number, effects: readonly BodyEffect[]): Uint8Array {
  const hits = effects.flatMap((effect) => (effect.kind === "flip-bit" ? [effect.atByte - at] : []));
  if (!hits.some((hit) => hit >= 0 && hit < chunk.byteLength)) return chunk;
  const copy = Uint8Array.from(chunk);
  for (const hit of hits) {
    const byte = copy[hit];
    if (byte !== undefined) copy[hit] = byte ^ 1;
  }
  return copy;
}

function* pieces(chunk: Uint8Array, rate: number): Iterable<Uint8Array> {
  const step = Math.max(1, Math.min(PACED_BYTES, Math.floor(rate / 10)));
  for (let start = 0; start < chunk.byteLength; start += step) yield chunk.subarray(start, start + step);
}
