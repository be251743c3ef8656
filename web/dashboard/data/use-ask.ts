import { useCallback } from "react";
import { useLanguage } from "../../shared/language.tsx";
import { useSession } from "../frame/session.tsx";
import { type Ask, ask, type Question, Refused } from "./ask.ts";

/** Asks the API in the reader's language; a login that is known no more leads to the door. */
export function useAsk(): Ask {
  const { language } = useLanguage();
  const { ended } = useSession();
  return useCallback(
    async <Answer>(path: string, question: Question = {}) => {
      try {
        return await ask<Answer>(path, { ...question, language });
      } catch (refused) {
        if (refused instanceof Refused && refused.status === 401) ended();
        throw refused;
      }
    },
    [language, ended],
  );
}
