import type { ReactNode } from "react";
import { Icon } from "../../shared/components/icon.tsx";
import { formatTime } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useChanges } from "../data/changes.tsx";
import { useWords } from "./words.ts";

/** Says, over the page so that nothing on it moves, that what it shows grows old. */
export function Connection(): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const { awaySince } = useChanges();
  return (
    <div role="alert" className="pointer-events-none fixed inset-x-4 top-3 z-20 flex justify-center">
      {awaySince !== undefined && (
        <p className="flex items-center gap-2 rounded-control border border-warning bg-warning-soft px-4 py-2 text-sm font-medium text-warning shadow-raised">
          <Icon name="warning" />
          {words("dashboard.away", { time: formatTime(language, awaySince) })}
        </p>
      )}
    </div>
  );
}
