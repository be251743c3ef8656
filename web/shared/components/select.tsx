import type { ReactNode, SelectHTMLAttributes } from "react";
import { inputClass } from "./field.tsx";
import { Icon } from "./icon.tsx";

/** The system's own list to choose from, with the look of the other controls. */
export function Select({ children, ...rest }: SelectHTMLAttributes<HTMLSelectElement>): ReactNode {
  return (
    <span className="relative block">
      <select {...rest} className={inputClass("appearance-none pr-9")}>
        {children}
      </select>
      <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted">
        <Icon name="chevron" />
      </span>
    </span>
  );
}
