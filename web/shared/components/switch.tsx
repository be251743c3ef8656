import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface SwitchProps {
  readonly label: ReactNode;
  readonly id?: string;
  readonly help?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, id, help, checked, onChange }: SwitchProps): ReactNode {
  return (
    <label className="flex items-start justify-between gap-4">
      <span className="flex flex-col gap-0.5">
        <span className="font-medium">{label}</span>
        {help !== undefined && <span className="text-sm text-muted">{help}</span>}
      </span>
      <span className="relative mt-0.5 inline-flex shrink-0">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={checked}
          aria-checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="peer h-6 w-11 appearance-none rounded-full border border-edge bg-sunken checked:border-accent checked:bg-accent"
        />
        <span
          className={classNames(
            "pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-edge motion-safe:transition-transform",
            "forced-colors:bg-[CanvasText] peer-checked:translate-x-5 peer-checked:bg-on-accent",
          )}
        />
      </span>
    </label>
  );
}
