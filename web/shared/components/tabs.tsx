import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { classNames } from "./class-names.ts";

export interface Tab {
  readonly id: string;
  readonly label: ReactNode;
}

export interface TabsProps {
  /** What the tabs are views of. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  /** Of the element around it all, and of the view. */
  readonly className?: string;
  readonly viewClassName?: string;
  /** The view of the chosen tab. */
  readonly children: ReactNode;
}

/** Views of one thing; the arrow keys change them. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export function Tabs({ className, viewClassName = "pt-5", ...props }: TabsProps): ReactNode {
  const { label, tabs, chosen, onChoose, children } = props;
  const name = useId();
  const list = useRef<HTMLDivElement>(null);
  function move(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    const here = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(here + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${name}-${next.id}`)}`)?.focus();
  }
  return (
    <div className={className}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {tabs.map(({ id, label: tabLabel }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${name}-${id}`}
            aria-selected={id === chosen}
            aria-controls={`${name}-view`}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => onChoose(id)}
            className={classNames(
              "-mb-px border-b-2 px-3 py-2 text-sm font-medium whitespace-nowrap -outline-offset-2",
              id === chosen ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tabLabel}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${name}-view`} aria-labelledby={`${name}-${chosen}`} className={viewClassName}>
        {children}
      </div>
    </div>
  );
}
