import { useState } from "react";
import { keepChoice, readChoice } from "./browser-store.ts";

/** `auto` follows the system. */
export type Theme = "auto" | "light" | "dark";

export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** The theme that the reader chose, and how to choose another. The first paint has it from `theme.js` already. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => THEMES.find((known) => known === readChoice("theme")) ?? "auto");
  return [
    theme,
    (next) => {
      keepChoice("theme", next === "auto" ? undefined : next);
      if (next === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
      setTheme(next);
    },
  ];
}
