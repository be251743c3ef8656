import type { ReactNode } from "react";

export interface PageSectionProps {
  /** Can be linked to. */
  readonly id: string;
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page, under its heading. */
export function PageSection({ id, title, lead, children }: PageSectionProps): ReactNode {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-6 flex-col gap-5">
      <div className="max-w-2xl">
        <h2 id={`${id}-title`} className="text-xl font-semibold">
          {title}
        </h2>
        {lead !== undefined && <p className="mt-1.5 text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
