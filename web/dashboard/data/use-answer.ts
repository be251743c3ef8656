import { useCallback, useEffect, useRef, useState } from "react";
import { Refused } from "./ask.ts";
import { useChanges } from "./changes.tsx";
import { type Eased, eased } from "./eased.ts";
import { useAsk } from "./use-ask.ts";

/** What an answer is at present. The last one stays while a newer one is on its way, so that nothing on the page jumps. */
export interface Answered<Answer> {
  readonly answer?: Answer;
  /** Why the last question was refused. */
  readonly refused?: Refused;
  /** Asks again. */
  readonly again: () => void;
}

/** Milliseconds between an answer and the next question. */
export const GAP = 1000;

/**
 * The API's answer to a path, asked again when something that it is about has changed.
 * @param about the mirror that it is about; left out: all of them
 */
export function useAnswer<Answer>(path: string, about?: string): Answered<Answer> {
  const ask = useAsk();
  const { subscribe } = useChanges();
  const [state, setState] = useState<Omit<Answered<Answer>, "again"> & { readonly of?: string }>({});
  const loading = useRef<Eased>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const load = eased(async () => {
      try {
        const answer = await ask<Answer>(path, { signal });
        setState({ answer, of: path });
      } catch (refused) {
        if (signal.aborted || !(refused instanceof Refused)) return;
        setState((before) => ({ ...(before.of === path && before), refused, of: path }));
      }
    }, GAP);
    loading.current = load;
    load.want();
    const unsubscribe = subscribe((mirrors) => {
      if (mirrors === undefined || about === undefined || mirrors.has(about)) load.want();
    });
    return () => {
      unsubscribe();
      load.stop();
      controller.abort();
    };
  }, [ask, path, subscribe, about]);
  const again = useCallback(() => loading.current?.want(), []);
  // What was answered to another question is no answer to this one.
  const { of, ...current } = state;
  return { ...(of === path && current), again };
}
