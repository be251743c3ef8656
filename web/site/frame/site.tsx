import { createContext, type ReactNode, useContext } from "react";
import type { SiteData, Source } from "../../../src/site/model.ts";

const SiteContext = createContext<SiteData | undefined>(undefined);

export function SiteProvider({ site, children }: { readonly site: SiteData; readonly children: ReactNode }): ReactNode {
  return <SiteContext value={site}>{children}</SiteContext>;
}

/** What the pages show. */
export function useSite(): SiteData {
  const site = useContext(SiteContext);
  if (site === undefined) throw new Error("there is no SiteProvider around this component");
  return site;
}

/** Whether a source can be chosen; a paused one is only shown. */
export function isOffered({ state }: Source): boolean {
  return state.kind !== "paused";
}
