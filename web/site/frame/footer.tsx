import type { ReactNode } from "react";
import { pageAddress, useLocal } from "../../shared/language.tsx";
import { ExternalLink, registryLinks, type SiteLink } from "./links.tsx";
import { PAGE_FILES, pagesOf } from "./pages.ts";
import { useSite } from "./site.tsx";
import { usePagesWords } from "./words.ts";

/** The same ways again, with room to say what they are. */
export function Footer(): ReactNode {
  const site = useSite();
  const words = usePagesWords();
  const local = useLocal();
  return (
    <footer className="mt-8 border-t border-line text-sm">
      <div className="mx-auto flex max-w-6xl flex-wrap gap-x-16 gap-y-8 px-4 py-10 sm:px-6">
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold">{local(site.title)}</h2>
          <ul className="flex flex-col gap-1.5 text-muted">
            {pagesOf(site).map((name) => (
              <li key={name}>
                <a href={pageAddress(PAGE_FILES[name])} className="hover:text-ink hover:underline">
                  {words(`pages.${name}`)}
                </a>
              </li>
            ))}
          </ul>
        </section>
        <LinkList title={words("pages.registries")} links={registryLinks(site)} />
        <LinkList title={words("pages.project")} links={site.links} />
      </div>
    </footer>
  );
}

function LinkList({ title, links }: { readonly title: string; readonly links: readonly SiteLink[] }): ReactNode {
  if (links.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      <ul className="flex flex-col gap-1.5 text-muted">
        {links.map((link) => (
          <li key={link.url}>
            <ExternalLink {...link} />
          </li>
        ))}
      </ul>
    </section>
  );
}
