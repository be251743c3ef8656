import { dashboardText as english } from "../../../src/words/en/dashboard-text.ts";
import { dashboardText as chinese } from "../../../src/words/zh-CN/dashboard-text.ts";
import { useLanguage } from "../../shared/language.tsx";
import { translator } from "../../shared/words.ts";

const dashboardWords = translator(english, chinese);

/** The words of the dashboard, in the reader's language. */
export function useWords(): ReturnType<typeof dashboardWords> {
  return dashboardWords(useLanguage().language);
}
