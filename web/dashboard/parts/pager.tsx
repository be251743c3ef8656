import type { ReactNode } from "react";
import { Button } from "../../shared/components/button.tsx";
import { useWords } from "../frame/words.ts";

export interface PagerProps {
  /** What is seen, of what: `51–100 of 1,000`. */
  readonly children?: ReactNode;
  /** Left out: there is none. */
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

/** The ways to the pages before and after; nothing where there is one page alone. */
export function Pager({ children, onPrevious, onNext }: PagerProps): ReactNode {
  const words = useWords();
  if (onPrevious === undefined && onNext === undefined) return null;
  return (
    <nav aria-label={words("dashboard.pages")} className="flex flex-wrap items-center justify-between gap-3 text-sm">
      <p className="text-muted tabular-nums">{children}</p>
      <div className="flex gap-2">
        <Button small disabled={onPrevious === undefined} onClick={onPrevious}>
          {words("dashboard.previous")}
        </Button>
        <Button small disabled={onNext === undefined} onClick={onNext}>
          {words("dashboard.next")}
        </Button>
      </div>
    </nav>
  );
}
