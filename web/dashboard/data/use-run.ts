import { useEffect, useState } from "react";
import type { LineShape, RunShape } from "../../../src/daemon/api/shapes.ts";
import { useLanguage } from "../../shared/language.tsx";
import { ask, Refused } from "./ask.ts";

/** So many lines of a log are kept in the page, the latest ones: a run of 100,000 tags has as many. */
export const MOST_LINES = 5000;

/** A run as it goes on, with the end of its log. */
export interface WatchedRun {
  readonly run?: RunShape;
  readonly lines: readonly LineShape[];
  /** How many earlier lines are not kept. */
  readonly dropped: number;
  /** Why there is nothing (more). */
  readonly refused?: Refused;
  /** News arrives, or would if there were any. */
  readonly isLive: boolean;
}

const NOTHING: WatchedRun = { lines: [], dropped: 0, isLive: false };

/** Watches a run by server-sent events until it has ended; an ended one tells its whole log and closes. */
export function useRun(id: string): WatchedRun {
  const { language } = useLanguage();
  const [watched, setWatched] = useState<WatchedRun>(NOTHING);
  useEffect(() => {
    setWatched(NOTHING);
    const controller = new AbortController();
    const stream = new EventSource(`./api/v1/runs/${encodeURIComponent(id)}/events?lang=${language}`);
    const collected = collector((lines) => setWatched((before) => withLines(before, lines)));
    const take = (event: MessageEvent<string>, isLive: boolean) => {
      const run = JSON.parse(event.data) as RunShape;
      setWatched((before) => ({ ...before, run, isLive }));
    };
    stream.addEventListener("line", (event: MessageEvent<string>) => collected.add(JSON.parse(event.data)));
    stream.addEventListener("run", (event: MessageEvent<string>) => take(event, true));
    stream.addEventListener("end", (event: MessageEvent<string>) => {
      collected.flush();
      take(event, false);
      stream.close();
    });
    stream.onerror = () => setWatched((before) => ({ ...before, isLive: false }));
    // A stream tells no reason where it is refused.
    ask<RunShape>(`runs/${encodeURIComponent(id)}`, { language, signal: controller.signal }).then(
      (run) => setWatched((before) => (before.run === undefined ? { ...before, run } : before)),
      (refused: unknown) => {
        if (refused instanceof Refused) setWatched((before) => ({ ...before, refused }));
      },
    );
    return () => {
      controller.abort();
      collected.close();
      stream.close();
    };
  }, [id, language]);
  return watched;
}

/** Hands lines on a few times a second at most: an ended run tells thousands at once. */
function collector(hand: (lines: readonly LineShape[]) => void) {
  let waiting: LineShape[] = [];
  const flush = () => {
    if (waiting.length > 0) hand(waiting);
    waiting = [];
  };
  const timer = setInterval(flush, 200);
  return { add: (line: LineShape) => waiting.push(line), flush, close: () => clearInterval(timer) };
}

/** After a reconnection, lines may come again. */
function withLines(before: WatchedRun, added: readonly LineShape[]): WatchedRun {
  const last = before.lines.at(-1)?.number ?? 0;
  const lines = [...before.lines, ...added.filter(({ number }) => number > last)];
  const excess = Math.max(0, lines.length - MOST_LINES);
  return { ...before, lines: lines.slice(excess), dropped: before.dropped + excess };
}
