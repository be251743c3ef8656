import type { ReactNode } from "react";

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** Below the value. */
  readonly more?: ReactNode;
}

/** Names with their values, side by side where there is room. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-card border border-line bg-surface p-4 text-sm sm:grid-cols-3 sm:p-5 lg:flex lg:flex-wrap lg:gap-x-12">
      {facts.map(({ name, value, more }) => (
        <div key={name} className="min-w-0">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium wrap-anywhere tabular-nums">
            {value}
            {more !== undefined && <div className="text-xs/5 font-normal text-muted">{more}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
