import { createContext, type ReactNode, useContext } from "react";
import { formatAgo, formatInstant } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useNow } from "../../shared/use-now.ts";

const NowContext = createContext(0);
const TICK = 10_000;

/** One clock for all moments of a page. */
export function NowProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return <NowContext value={useNow(TICK)}>{children}</NowContext>;
}

export interface MomentProps {
  /** Milliseconds since 1970; nothing where it never was. */
  readonly at: number | undefined;
}

/** `3 minutes ago`, and the whole date and time for who points at it. */
export function Moment({ at }: MomentProps): ReactNode {
  const { language } = useLanguage();
  const now = useContext(NowContext);
  if (at === undefined) return "–";
  return (
    <time dateTime={new Date(at).toISOString()} title={formatInstant(language, at)}>
      {formatAgo(language, at, now)}
    </time>
  );
}
