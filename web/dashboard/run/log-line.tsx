import { memo, type ReactNode } from "react";
import type { LineShape } from "../../../src/daemon/api/shapes.ts";
import { classNames } from "../../shared/components/class-names.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { ErrorText } from "../parts/problem.tsx";

const LEVELS = { info: "", warn: "text-warning", error: "text-bad" } as const;

/** A line of a log; there may be thousands, and one that stands is not drawn again. */
export const LogLine = memo(function LogLine({ line }: { readonly line: LineShape }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const { at, level, text, error } = line;
  const time = new Intl.DateTimeFormat(language, { timeStyle: "medium", hour12: false }).format(at);
  return (
    <li className="flex gap-3 px-4">
      <time dateTime={new Date(at).toISOString()} className="shrink-0 text-muted tabular-nums">
        {time}
      </time>
      <div className={classNames("min-w-0 wrap-anywhere", LEVELS[level])}>
        {level !== "info" && <span className="font-semibold">{words(`dashboard.log.${level}`)} </span>}
        {text}
        {error !== undefined && (
          <div className="border-l-2 border-line pl-3 font-sans">
            <ErrorText error={error} />
          </div>
        )}
      </div>
    </li>
  );
});
