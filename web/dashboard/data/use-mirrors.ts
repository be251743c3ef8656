import { useCallback, useEffect, useRef, useState } from "react";
import type { MirrorShape, Page } from "../../../src/daemon/api/shapes.ts";
import { Refused } from "./ask.ts";
import { useChanges } from "./changes.tsx";
import { type Eased, eased } from "./eased.ts";
import { type Answered, GAP } from "./use-answer.ts";
import { useAsk } from "./use-ask.ts";

type Mirrors = readonly MirrorShape[];

/** Up to so many are asked for one by one; for more, all at once are less work. */
const FEW = 5;

/** All mirrors, kept up to date one by one: there may be a thousand, and one that has changed. */
export function useMirrors(): Answered<Mirrors> {
  const ask = useAsk();
  const { subscribe } = useChanges();
  const [state, setState] = useState<Omit<Answered<Mirrors>, "again">>({});
  const loading = useRef<Eased>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let isAllWanted = true;
    let wanted = new Set<string>();
    const load = eased(async () => {
      const names = [...wanted];
      const all = isAllWanted || names.length > FEW;
      wanted = new Set();
      isAllWanted = false;
      try {
        if (all) {
          const { items } = await ask<Page<MirrorShape>>("mirrors", { signal });
          setState({ answer: items });
        } else {
          const path = (name: string) => `mirrors/${encodeURIComponent(name)}`;
          const news = await Promise.all(names.map((name) => ask<MirrorShape>(path(name), { signal })));
          setState(({ answer = [] }) => ({ answer: withNews(answer, news) }));
        }
      } catch (refused) {
        if (signal.aborted || !(refused instanceof Refused)) return;
        isAllWanted = true;
        setState((before) => ({ ...before, refused }));
      }
    }, GAP);
    loading.current = load;
    load.want();
    const unsubscribe = subscribe((changed) => {
      if (changed === undefined) isAllWanted = true;
      else wanted = new Set([...wanted, ...changed]);
      load.want();
    });
    return () => {
      unsubscribe();
      load.stop();
      controller.abort();
    };
  }, [ask, subscribe]);
  const again = useCallback(() => loading.current?.want(), []);
  return { ...state, again };
}

function withNews(mirrors: Mirrors, news: Mirrors): Mirrors {
  const byName = new Map(news.map((mirror) => [mirror.name, mirror]));
  return mirrors.map((mirror) => byName.get(mirror.name) ?? mirror);
}
