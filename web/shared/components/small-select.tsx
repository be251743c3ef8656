import type { ReactNode } from "react";

export interface SmallSelectProps<Value extends string> {
  /** Heard, not seen. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly lang?: string }[];
  readonly onChoose: (value: Value) => void;
}

/** A list to choose from that takes little room, for settings at the edge of a page. */
export function SmallSelect<Value extends string>(props: SmallSelectProps<Value>): ReactNode {
  const { label, value, options, onChoose } = props;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen !== undefined) onChoose(chosen.value);
      }}
      className="h-8 max-w-full rounded-control border border-line bg-surface px-2 text-sm text-ink hover:border-edge"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} lang={option.lang}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
