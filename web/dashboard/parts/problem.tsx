import type { ReactNode } from "react";
import type { ErrorShape } from "../../../src/daemon/api/shapes.ts";
import { Notice } from "../../shared/components/notice.tsx";
import type { Refused } from "../data/ask.ts";
import { useWords } from "../frame/words.ts";
import { Line } from "./line.tsx";

/** What an error says, what to do about it, and its code for who looks it up. */
export function ErrorText({ error }: { readonly error: ErrorShape }): ReactNode {
  return (
    <div className="flex flex-col gap-0.5 wrap-anywhere">
      <p>
        <Line text={error.message} />
      </p>
      <p className="text-muted">
        <Line text={error.hint} /> <span className="font-mono text-xs whitespace-nowrap">{error.code}</span>
      </p>
    </div>
  );
}

/** What the daemon refused, in the flow of the page. */
export function Problem({ refused }: { readonly refused: Refused }): ReactNode {
  const words = useWords();
  if (refused.error !== undefined) {
    return (
      <Notice tone="bad">
        <ErrorText error={refused.error} />
      </Notice>
    );
  }
  return <Notice tone="bad" title={refusalText(refused, words)} />;
}

/** A refusal in one line. */
export function refusalText({ status, error }: Refused, words: ReturnType<typeof useWords>): string {
  if (error !== undefined) return `${error.message}: ${error.hint}`;
  return status === 0 ? words("dashboard.no-answer") : words("dashboard.foreign-answer", { status });
}
