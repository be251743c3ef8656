import { useSyncExternalStore } from "react";
import { parseRoute, type Route } from "./route.ts";

/** The present route; whoever asks is drawn again when it changes. */
export function useRoute(): Route {
  return parseRoute(useHash());
}

/** What a view of a page is narrowed to: `search` of `#/?search=app`. It is in the address, so that it can be shared. */
export function useQuery(): readonly [URLSearchParams, (changes: Readonly<Record<string, string>>) => void] {
  const hash = useHash();
  const [path = "", query = ""] = hash.split("?");
  const change = (changes: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    const narrowed = next.size === 0 ? path || "#/" : `${path || "#/"}?${next}`;
    history.replaceState(history.state, "", narrowed);
    // Browsers tell of addresses that somebody else has changed only.
    dispatchEvent(new HashChangeEvent("hashchange"));
  };
  return [new URLSearchParams(query), change];
}

function useHash(): string {
  return useSyncExternalStore(
    (onChange) => {
      addEventListener("hashchange", onChange);
      return () => removeEventListener("hashchange", onChange);
    },
    () => location.hash,
  );
}
