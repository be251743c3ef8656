import type { ReactNode } from "react";

export interface PageTitleProps {
  readonly title: ReactNode;
  readonly lead: ReactNode;
  /** What can be done with the page as a whole. */
  readonly children?: ReactNode;
}

export function PageTitle({ title, lead, children }: PageTitleProps): ReactNode {
  return (
    <div className="mb-10 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="max-w-2xl">
        <h1 className="text-3xl font-semibold">{title}</h1>
        <p className="mt-2 text-muted">{lead}</p>
      </div>
      {children}
    </div>
  );
}
