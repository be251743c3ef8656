import type { ReactNode } from "react";
import type { SiteData } from "../../../src/site/model.ts";
import { Icon } from "../../shared/components/icon.tsx";
import { useLocal, useSharedWords } from "../../shared/language.tsx";
import type { Localized } from "../../shared/words.ts";

export interface SiteLink {
  readonly label: Localized;
  readonly url: string;
}

/** Each offered registry's page of the image. */
export function registryLinks({ sources }: SiteData): readonly SiteLink[] {
  return sources.flatMap(({ name, page, state }) =>
    page === undefined || state.kind === "paused" ? [] : [{ label: name, url: page }],
  );
}

/** A link to another site, marked as one. */
export function ExternalLink({ label, url }: SiteLink): ReactNode {
  const local = useLocal();
  const words = useSharedWords();
  return (
    <a href={url} rel="noreferrer" className="inline-flex items-center gap-1 hover:text-ink hover:underline">
      {local(label)}
      <Icon name="external" />
      <span className="sr-only">{words("web.opens-elsewhere")}</span>
    </a>
  );
}
