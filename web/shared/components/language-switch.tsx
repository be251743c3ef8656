import type { ReactNode } from "react";
import { useLanguage, useSharedWords } from "../language.tsx";
import { LANGUAGES, type Language } from "../words.ts";
import { SmallSelect } from "./small-select.tsx";

export function LanguageSwitch(): ReactNode {
  const { language, choose } = useLanguage();
  const words = useSharedWords();
  const options = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label, lang: value }));
  return <SmallSelect label={words("web.language")} value={language} options={options} onChoose={choose} />;
}
