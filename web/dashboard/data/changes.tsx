import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ChangeEvent } from "../../../src/daemon/api/shapes.ts";
import { Refused } from "./ask.ts";
import { useAsk } from "./use-ask.ts";

/** Told which mirrors have changed; undefined: anything may have. */
type Listener = (mirrors: ReadonlySet<string> | undefined) => void;

interface Changes {
  /** Since when the daemon does not answer, milliseconds since 1970. */
  readonly awaySince: number | undefined;
  readonly subscribe: (listener: Listener) => () => void;
}

const ChangesContext = createContext<Changes | undefined>(undefined);

/**
 * Milliseconds after which everything is asked for again: some things come about by time alone, such as silence, and some
 * proxies let no stream through.
 */
const REFRESH = 30_000;
/** The same where there is no stream. */
const POLL = 5000;

/** One stream of events for the whole page. It connects again by itself, and says while the daemon is away. */
export function ChangesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const ask = useAsk();
  const listeners = useRef(new Set<Listener>());
  const [awaySince, setAwaySince] = useState<number>();
  useEffect(() => {
    const tell: Listener = (mirrors) => {
      for (const listener of listeners.current) listener(mirrors);
    };
    let stream: EventSource | undefined;
    let toldAt = Date.now();
    const connect = () => {
      stream?.close();
      stream = new EventSource("./api/v1/events");
      stream.onopen = () => setAwaySince(undefined);
      stream.onerror = () => void probe();
      stream.addEventListener("change", (event: MessageEvent<string>) => {
        const { mirrors } = JSON.parse(event.data) as ChangeEvent;
        tell(new Set(mirrors));
      });
    };
    // A stream does not tell why it broke off: the daemon may be gone, or the login, or there are too many streams.
    const probe = async () => {
      try {
        await ask("session");
        setAwaySince(undefined);
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        if (refused.status === 0 || refused.status >= 500) setAwaySince((before) => before ?? Date.now());
      }
    };
    const refresh = () => {
      if (document.visibilityState === "hidden") return;
      const isOpen = stream?.readyState === EventSource.OPEN;
      if (isOpen && Date.now() - toldAt < REFRESH) return;
      toldAt = Date.now();
      if (stream?.readyState === EventSource.CLOSED) connect();
      if (!isOpen) void probe();
      tell(undefined);
    };
    connect();
    const timer = setInterval(refresh, POLL);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      stream?.close();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [ask]);
  const changes = useMemo(() => {
    const subscribe = (listener: Listener) => {
      listeners.current.add(listener);
      return () => void listeners.current.delete(listener);
    };
    return { awaySince, subscribe };
  }, [awaySince]);
  return <ChangesContext value={changes}>{children}</ChangesContext>;
}

export function useChanges(): Changes {
  const changes = useContext(ChangesContext);
  if (changes === undefined) throw new Error("there is no ChangesProvider around this component");
  return changes;
}
