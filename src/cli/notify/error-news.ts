import type { SlipwayError } from "../../words/error.ts";
import { exitOfError } from "../exit.ts";
import type { News } from "./news.ts";
import { codeOf, errorLine } from "./sync-news.ts";

/** What ended a command before it could begin its work: a missing token, a folder in use. */
export function errorNews(work: News["work"], subject: string, errors: readonly SlipwayError[]): News {
  return {
    work,
    subject,
    exit: Math.max(...errors.map(exitOfError)),
    hasReleased: false,
    facts: () => [],
    lines: (words) => errors.flatMap((error) => [errorLine(error, words), words.error(error).hint]),
    data: { errors: errors.map(codeOf) },
  };
}
