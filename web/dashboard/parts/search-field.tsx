import { type ReactNode, useId } from "react";
import { inputClass } from "../../shared/components/field.tsx";

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows what stands below while it is typed. */
export function SearchField({ label, value, onChange }: SearchFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="w-full sm:w-64">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input
        id={id}
        type="search"
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={inputClass("text-sm")}
      />
    </div>
  );
}
