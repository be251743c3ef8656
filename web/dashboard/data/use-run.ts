import { useEffect, useState } from "react";
import type { LineShape, Page, RunShape } from "../../../src/daemon/api/shapes.ts";
import { useLanguage } from "../../shared/language.tsx";
import { Refused } from "./ask.ts";
import { useAsk } from "./use-ask.ts";

/** So many lines of a log are kept in the page, the latest ones: a run of 100,000 tags has as many. */
export const MOST_LINES = 2000;

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

/** Milliseconds between two questions while no stream gets through. */
const POLL = 5000;
/** Milliseconds between two drawings: an ended run tells thousands of lines at once. */
const DRAW = 200;

/** Watches a run by server-sent events until it has ended; an ended one tells its whole log and closes. */
export function useRun(id: string): WatchedRun {
  const ask = useAsk();
  const { language } = useLanguage();
  const [watched, setWatched] = useState<WatchedRun>(NOTHING);
  useEffect(() => {
    setWatched(NOTHING);
    const controller = new AbortController();
    const { signal } = controller;
    const path = `runs/${encodeURIComponent(id)}`;
    const stream = new EventSource(`./api/v1/${path}/events?lang=${language}`);
    let arrived: LineShape[] = [];
    let last = 0;
    let isOver = false;
    const add = (line: LineShape) => {
      // After a reconnection, lines may come again.
      if (line.number <= last) return;
      last = line.number;
      arrived.push(line);
    };
    const draw = () => {
      const lines = arrived;
      arrived = [];
      if (lines.length > 0) setWatched((before) => withLines(before, lines));
    };
    const take = (run: RunShape, isLive: boolean) => setWatched((before) => ({ ...before, run, isLive }));
    stream.addEventListener("line", (event: MessageEvent<string>) => add(JSON.parse(event.data)));
    stream.addEventListener("run", (event: MessageEvent<string>) => take(JSON.parse(event.data), true));
    stream.addEventListener("end", (event: MessageEvent<string>) => {
      isOver = true;
      stream.close();
      draw();
      take(JSON.parse(event.data), false);
    });
    stream.onerror = () => setWatched((before) => ({ ...before, isLive: false }));
    // A stream tells no reason where it is refused, and some proxies let none through.
    const poll = async () => {
      try {
        const run = await ask<RunShape>(path, { signal });
        const { items } = await ask<Page<LineShape>>(`${path}/log?limit=1000&after=${last}`, { signal });
        for (const line of items) add(line);
        if (!isOver && stream.readyState !== EventSource.OPEN) take(run, false);
        if (run.endedAt !== undefined && items.length === 0) isOver = true;
      } catch (refused) {
        if (signal.aborted || !(refused instanceof Refused)) return;
        setWatched((before) => ({ ...before, refused }));
        if (refused.status === 404) isOver = true;
      }
    };
    const drawing = setInterval(draw, DRAW);
    const polling = setInterval(() => {
      if (!isOver && stream.readyState !== EventSource.OPEN) void poll();
    }, POLL);
    void ask<RunShape>(path, { signal }).catch((refused: unknown) => {
      if (refused instanceof Refused) setWatched((before) => ({ ...before, refused }));
    });
    return () => {
      controller.abort();
      clearInterval(drawing);
      clearInterval(polling);
      stream.close();
    };
  }, [ask, id, language]);
  return watched;
}

function withLines(before: WatchedRun, added: readonly LineShape[]): WatchedRun {
  const lines = [...before.lines, ...added];
  const excess = Math.max(0, lines.length - MOST_LINES);
  return { ...before, lines: lines.slice(excess), dropped: before.dropped + excess };
}
