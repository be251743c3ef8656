import type { ReactNode } from "react";
import { Code } from "../../shared/components/code.tsx";

/** A line with `code` between backticks. */
export function Line({ text }: { readonly text: string }): ReactNode {
  return text.split("`").map((part, at) => {
    const key = `part ${at}`;
    return at % 2 === 1 ? <Code key={key}>{part}</Code> : part;
  });
}
