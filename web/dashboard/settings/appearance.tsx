import type { ReactNode } from "react";
import { LanguageSwitch } from "../../shared/components/language-switch.tsx";
import { ThemeSwitch } from "../../shared/components/theme-switch.tsx";
import { useSharedWords } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { Section } from "../parts/section.tsx";

/** What this browser keeps for its reader. */
export function Appearance(): ReactNode {
  const words = useWords();
  const shared = useSharedWords();
  return (
    <Section title={words("dashboard.appearance")} lead={words("dashboard.appearance.lead")}>
      <div className="flex flex-wrap gap-x-10 gap-y-4 text-sm">
        <div className="flex flex-col gap-1">
          <span className="text-muted">{shared("web.language")}</span>
          <LanguageSwitch />
        </div>
        <div className="flex flex-col gap-1">
          <span className="text-muted">{shared("web.theme")}</span>
          <ThemeSwitch />
        </div>
      </div>
    </Section>
  );
}
