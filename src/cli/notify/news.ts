import type { Fact } from "../../notify/index.ts";
import type { Words } from "../../words/words.ts";
import { EXIT } from "../exit.ts";

/** What a run came to, for people who did not watch it. */
export interface News {
  readonly work: "sync" | "push" | "release";
  /** The project, with the version where there is one. */
  readonly subject: string;
  readonly exit: number;
  /** Whether a version is out that was not before. */
  readonly hasReleased: boolean;
  readonly facts: (words: Words) => readonly Fact[];
  readonly lines: (words: Words) => readonly string[];
  /** The release's page. */
  readonly url?: string;
  /** The same for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type Ending = "good" | "partial" | "interrupted" | "failed";

export function endingOf({ exit }: Pick<News, "exit">): Ending {
  if (exit === EXIT.done) return "good";
  if (exit === EXIT.partly) return "partial";
  return exit === EXIT.interrupted ? "interrupted" : "failed";
}
