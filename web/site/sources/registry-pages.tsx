import type { ReactNode } from "react";
import { ExternalLink, registryLinks } from "../frame/links.tsx";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { PageSection } from "../parts/page-section.tsx";

/** Each registry's own page of the image. */
export function RegistryPages(): ReactNode {
  const links = registryLinks(useSite());
  const words = usePagesWords();
  if (links.length === 0) return null;
  return (
    <PageSection id="registries" title={words("pages.registries")} lead={words("pages.registries.lead")}>
      <ul className="flex flex-wrap gap-x-8 gap-y-3 text-accent">
        {links.map((link) => (
          <li key={link.url}>
            <ExternalLink {...link} />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
