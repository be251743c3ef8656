import { type ReactNode, useId } from "react";

export interface SectionProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** At the other end of the heading's line. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its heading. */
export function Section({ title, lead, tools, children }: SectionProps): ReactNode {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="max-w-2xl">
          <h2 id={heading} className="text-lg font-semibold">
            {title}
          </h2>
          {lead !== undefined && <p className="mt-0.5 text-sm text-muted">{lead}</p>}
        </div>
        {tools !== undefined && <div className="flex flex-wrap items-center gap-2">{tools}</div>}
      </div>
      {children}
    </section>
  );
}
