import { useSyncExternalStore } from "react";

/** Whether a media query holds now: `(min-width: 48rem)`. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    () => matchMedia(query).matches,
  );
}

/** Room for a table; narrower screens get cards. The same as `lg:` in classes. */
export const WIDE = "(min-width: 64rem)";
