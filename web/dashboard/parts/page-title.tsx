import { type ReactNode, useEffect } from "react";

export interface PageTitleProps {
  readonly title: string;
  /** The pages above this one. */
  readonly above?: readonly { readonly href: string; readonly text: string }[];
  /** What stands beside the title: how it is. */
  readonly state?: ReactNode;
  readonly lead?: ReactNode;
  /** What can be done with the page as a whole. */
  readonly children?: ReactNode;
}

/** The head of a page; the window is called the same. */
export function PageTitle({ title, above = [], state, lead, children }: PageTitleProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Slipway`;
  }, [title]);
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
      <div className="min-w-0">
        {above.length > 0 && (
          <p className="mb-1 flex flex-wrap gap-x-2 text-sm text-muted">
            {above.map(({ href, text }, at) => (
              <span key={href} className="flex min-w-0 gap-2">
                {at > 0 && <span aria-hidden="true">/</span>}
                <a href={href} className="wrap-anywhere hover:text-ink hover:underline">
                  {text}
                </a>
              </span>
            ))}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-2xl font-semibold wrap-anywhere">{title}</h1>
          {state}
        </div>
        {lead !== undefined && <div className="mt-1 text-sm text-muted">{lead}</div>}
      </div>
      {children !== undefined && <div className="flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
