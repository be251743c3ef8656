import type { ReactNode } from "react";
import { useSharedWords } from "../language.tsx";
import { THEMES, useTheme } from "../theme.ts";
import { SmallSelect } from "./small-select.tsx";

export function ThemeSwitch(): ReactNode {
  const [theme, choose] = useTheme();
  const words = useSharedWords();
  const options = THEMES.map((value) => ({ value, label: words(`web.theme.${value}`) }));
  return <SmallSelect label={words("web.theme")} value={theme} options={options} onChoose={choose} />;
}
