import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface RadioCard {
  readonly value: string;
  readonly title: ReactNode;
  /** Below the title; part of what is heard with the choice. */
  readonly details?: ReactNode;
  readonly disabled?: boolean;
}

export interface RadioCardsProps {
  /** One for each group on a page. */
  readonly name: string;
  /** The id of the element that says what is chosen here. */
  readonly labelledBy: string;
  /** The ids of the elements that say more. */
  readonly describedBy?: string | undefined;
  readonly value: string;
  readonly cards: readonly RadioCard[];
  readonly onChoose: (value: string) => void;
  /** Side by side where there is room: for short choices. */
  readonly inline?: boolean;
}

/** One of a few, each with room for what speaks for it. The arrow keys move, as in every group of radio buttons. */
export function RadioCards({ name, labelledBy, describedBy, ...props }: RadioCardsProps): ReactNode {
  const { value, cards, onChoose, inline = false } = props;
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className={inline ? "flex flex-wrap gap-3" : "flex flex-col gap-3"}
    >
      {cards.map((card, at) => (
        <label
          key={card.value}
          className={classNames(
            "flex gap-3 rounded-card border bg-surface px-4 py-3",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
            card.value === value ? "border-accent ring-1 ring-accent" : "border-line",
            card.disabled ? "cursor-not-allowed bg-transparent" : "hover:border-edge",
          )}
        >
          <input
            type="radio"
            name={name}
            value={card.value}
            checked={card.value === value}
            disabled={card.disabled}
            aria-labelledby={`${name}-${at}-title`}
            aria-describedby={card.details === undefined ? undefined : `${name}-${at}-details`}
            onChange={() => onChoose(card.value)}
            className="mt-1 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="flex min-w-0 flex-1 flex-col gap-1">
            <span id={`${name}-${at}-title`} className="font-medium">
              {card.title}
            </span>
            {card.details !== undefined && (
              <span id={`${name}-${at}-details`} className="flex flex-col gap-1">
                {card.details}
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
