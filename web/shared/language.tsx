import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from "react";
import { webText as english } from "../../src/words/en/web-text.ts";
import { webText as chinese } from "../../src/words/zh-CN/web-text.ts";
import { keepChoice, readChoice } from "./browser-store.ts";
import { chooseLanguage, type Language, type Localized, translator } from "./words.ts";

interface LanguageState {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState | undefined>(undefined);

/** Gives what is inside the reader's language, and tells it to the browser by `<html lang>`. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(initialLanguage);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const state = useMemo(() => ({ language, choose: (next: Language) => setLanguage(keep(next)) }), [language]);
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

/** The reader's language, and how to choose another one. */
export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (state === undefined) throw new Error("there is no LanguageProvider around this component");
  return state;
}

/** A text of the data, in the reader's language. */
export function useLocal(): (text: Localized) => string {
  const { language } = useLanguage();
  return (text) => text[language];
}

const sharedWords = translator(english, chinese);

/** The words of the components that all pages share. */
export function useSharedWords(): ReturnType<typeof sharedWords> {
  return sharedWords(useLanguage().language);
}

/** A page of the same site, in the language that this page's address asks for, if it does. */
export function pageAddress(page: string): string {
  const asked = new URLSearchParams(location.search).get("lang");
  return asked === null ? page : `${page}?lang=${encodeURIComponent(asked)}`;
}

function initialLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? undefined;
  return chooseLanguage(asked, readChoice("language"), navigator.languages);
}

/** An address that asks for a language would win over the choice, and where nothing is kept only an address can carry it. */
function keep(language: Language): Language {
  const isKept = keepChoice("language", language);
  const address = new URL(location.href);
  if (isKept) address.searchParams.delete("lang");
  else address.searchParams.set("lang", language);
  history.replaceState(history.state, "", address);
  return language;
}
