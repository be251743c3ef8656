import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

const SHOWN_MILLISECONDS = 5000;

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says what has happened, to eyes and ears: a line at the foot of the window, for a few seconds. */
export function LiveRegion({ children }: { readonly children: ReactNode }): ReactNode {
  const [said, setSaid] = useState<{ readonly text: string } | undefined>();
  const announce = useCallback((text: string) => setSaid({ text }), []);
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-20 flex justify-center">
        {said !== undefined && (
          <p className="rounded-control bg-ink px-4 py-2 text-sm text-canvas shadow-raised">{said.text}</p>
        )}
      </div>
    </AnnounceContext>
  );
}

/** Says a line in the region around. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}
