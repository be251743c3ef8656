import type { ReactNode } from "react";
import { Button } from "../../shared/components/button.tsx";
import { useSharedWords } from "../../shared/language.tsx";
import type { Answered } from "../data/use-answer.ts";
import { useWords } from "../frame/words.ts";
import { Problem } from "./problem.tsx";

export interface LoadedProps<Answer> {
  readonly of: Answered<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}

/** What an answer is drawn as; before there is one, that it is waited for or why there is none. */
export function Loaded<Answer>({ of: { answer, refused, again }, children }: LoadedProps<Answer>): ReactNode {
  const words = useWords();
  const shared = useSharedWords();
  if (answer !== undefined) return children(answer);
  if (refused === undefined) return <p className="py-6 text-muted">{shared("web.loading")}</p>;
  return (
    <div className="flex flex-col items-start gap-3">
      <Problem refused={refused} />
      <Button small icon="refresh" onClick={again}>
        {words("dashboard.try-again")}
      </Button>
    </div>
  );
}
