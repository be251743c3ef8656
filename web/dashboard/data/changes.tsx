import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ChangeEvent } from "../../../src/daemon/api/shapes.ts";

/** Told which mirrors have changed; undefined: anything may have. */
type Listener = (mirrors: ReadonlySet<string> | undefined) => void;

interface Changes {
  /** Whether news arrives at present. */
  readonly isConnected: boolean;
  readonly subscribe: (listener: Listener) => () => void;
}

const ChangesContext = createContext<Changes | undefined>(undefined);

/** Where no stream gets through (a proxy that buffers, too many pages), pages ask again so often. */
const POLL_MILLISECONDS = 15_000;

/** One stream of events for the whole page. It connects again by itself, and says when it could not. */
export function ChangesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const listeners = useRef(new Set<Listener>());
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const tell = (mirrors?: ReadonlySet<string>) => {
      for (const listener of listeners.current) listener(mirrors);
    };
    const stream = new EventSource("./api/v1/events");
    let hasMissed = false;
    stream.onopen = () => {
      setConnected(true);
      if (hasMissed) tell();
      hasMissed = false;
    };
    stream.onerror = () => {
      hasMissed = true;
      setConnected(false);
    };
    stream.addEventListener("change", (event: MessageEvent<string>) => {
      const { mirrors } = JSON.parse(event.data) as ChangeEvent;
      tell(new Set(mirrors));
    });
    const timer = setInterval(() => {
      if (stream.readyState !== EventSource.OPEN) tell();
    }, POLL_MILLISECONDS);
    return () => {
      stream.close();
      clearInterval(timer);
    };
  }, []);
  const changes = useMemo(() => {
    const subscribe = (listener: Listener) => {
      listeners.current.add(listener);
      return () => void listeners.current.delete(listener);
    };
    return { isConnected, subscribe };
  }, [isConnected]);
  return <ChangesContext value={changes}>{children}</ChangesContext>;
}

export function useChanges(): Changes {
  const changes = useContext(ChangesContext);
  if (changes === undefined) throw new Error("there is no ChangesProvider around this component");
  return changes;
}
