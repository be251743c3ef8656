import type { ReactNode } from "react";
import type { MirrorHealth } from "../../../src/daemon/api/shapes.ts";
import { classNames } from "../../shared/components/class-names.ts";
import { formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { HEALTHS } from "./choose.ts";

const COLOURS: Readonly<Record<MirrorHealth, string>> = {
  "in-step": "text-good",
  behind: "text-warning",
  failing: "text-bad",
  silent: "text-warning",
  unknown: "text-muted",
};

export interface HealthFilterProps {
  readonly counts: Readonly<Record<MirrorHealth, number>>;
  readonly chosen: MirrorHealth | undefined;
  readonly onChoose: (health: MirrorHealth | undefined) => void;
}

/** How many mirrors are in which state; a press shows those alone. */
export function HealthFilter({ counts, chosen, onChoose }: HealthFilterProps): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const total = HEALTHS.reduce((sum, health) => sum + counts[health], 0);
  const tile = (health: MirrorHealth | undefined, count: number) => (
    <button
      key={health ?? "all"}
      type="button"
      aria-pressed={chosen === health}
      onClick={() => onChoose(chosen === health ? undefined : health)}
      className={classNames(
        "flex min-w-0 flex-col items-start rounded-card border bg-surface px-3 py-2.5 text-left sm:px-4",
        chosen === health ? "border-accent ring-1 ring-accent" : "border-line hover:border-edge",
      )}
    >
      <span
        className={classNames(
          "text-2xl/8 font-semibold tabular-nums",
          health !== undefined && (count === 0 ? "text-muted" : COLOURS[health]),
        )}
      >
        {formatNumber(language, count)}
      </span>
      <span className="text-sm text-muted">{words(`dashboard.health.${health ?? "all"}`)}</span>
    </button>
  );
  return (
    <fieldset className="grid grid-cols-3 gap-2 sm:grid-cols-6 sm:gap-3">
      <legend className="sr-only">{words("dashboard.health")}</legend>
      {tile(undefined, total)}
      {HEALTHS.map((health) => tile(health, counts[health]))}
    </fieldset>
  );
}
