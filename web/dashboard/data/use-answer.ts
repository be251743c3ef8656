import { useCallback, useEffect, useRef, useState } from "react";
import { useLanguage } from "../../shared/language.tsx";
import { ask, Refused } from "./ask.ts";
import { useChanges } from "./changes.tsx";

/** What an answer is at present. The last one stays while a newer one is on its way, so that nothing on the page jumps. */
export interface Answered<Answer> {
  readonly answer?: Answer;
  /** Why the last question was refused. */
  readonly refused?: Refused;
  /** Asks again. */
  readonly again: () => void;
}

/**
 * The API's answer to a path, asked again when something that it is about has changed.
 * @param about the mirror that it is about; left out: all of them
 */
export function useAnswer<Answer>(path: string, about?: string): Answered<Answer> {
  const { language } = useLanguage();
  const { subscribe } = useChanges();
  const [state, setState] = useState<Omit<Answered<Answer>, "again"> & { readonly of?: string }>({});
  const asking = useRef<AbortController>(undefined);
  const load = useCallback(async () => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    try {
      const answer = await ask<Answer>(path, { language, signal: controller.signal });
      setState({ answer, of: path });
    } catch (refused) {
      if (controller.signal.aborted || !(refused instanceof Refused)) return;
      setState((before) => ({ ...(before.of === path && before), refused, of: path }));
    }
  }, [path, language]);
  useEffect(() => {
    void load();
    const unsubscribe = subscribe((mirrors) => {
      if (mirrors === undefined || about === undefined || mirrors.has(about)) void load();
    });
    return () => {
      unsubscribe();
      asking.current?.abort();
    };
  }, [load, subscribe, about]);
  // What was answered to another question is no answer to this one.
  const { of, ...current } = state;
  return { ...(of === path && current), again: load };
}
