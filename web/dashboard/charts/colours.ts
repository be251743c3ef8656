import { type RefObject, useLayoutEffect, useState } from "react";

/** What a canvas is drawn with: it knows no variables of the style sheet. */
export interface Colours {
  readonly ink: string;
  readonly line: string;
  readonly accent: string;
  readonly warning: string;
}

/**
 * The colours of the present theme, as the style sheet resolves them; new ones when the theme changes.
 * @param place an element with one child for each of them, in their order
 */
export function useColours(place: RefObject<HTMLElement | null>): Colours | undefined {
  const [colours, setColours] = useState<Colours>();
  useLayoutEffect(() => {
    const look = () => {
      const [ink = "", line = "", accent = "", warning = ""] = [...(place.current?.children ?? [])].map(
        (element) => getComputedStyle(element).color,
      );
      setColours({ ink, line, accent, warning });
    };
    look();
    const system = matchMedia("(prefers-color-scheme: dark)");
    const theme = new MutationObserver(look);
    system.addEventListener("change", look);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      system.removeEventListener("change", look);
      theme.disconnect();
    };
  }, [place]);
  return colours;
}
