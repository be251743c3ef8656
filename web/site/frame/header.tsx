import { type ReactNode, useState } from "react";
import { classNames } from "../../shared/components/class-names.ts";
import { Icon } from "../../shared/components/icon.tsx";
import { LanguageSwitch } from "../../shared/components/language-switch.tsx";
import { ThemeSwitch } from "../../shared/components/theme-switch.tsx";
import { pageAddress, useLocal, useSharedWords } from "../../shared/language.tsx";
import { useMedia, WIDE } from "../../shared/use-media.ts";
import { ExternalLink, registryLinks } from "./links.tsx";
import { PAGE_FILES, type PageName, pagesOf } from "./pages.ts";
import { useSite } from "./site.tsx";
import { usePagesWords } from "./words.ts";

/** Who this is, the pages of the site, and the ways out of it; behind one button where there is little room. */
export function Header({ page }: { readonly page: PageName }): ReactNode {
  const isWide = useMedia(WIDE);
  const words = useSharedWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto max-w-6xl px-4 sm:px-6">
        <div className="flex min-h-16 items-center justify-between gap-x-8 gap-y-2">
          <Name />
          {isWide ? (
            <>
              <PageNavigation page={page} />
              <Switches />
            </>
          ) : (
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
              className="-mr-2 inline-flex min-h-10 items-center gap-2 rounded-control px-2 font-medium"
            >
              <Icon name={isOpen ? "close" : "menu"} />
              {words("web.menu")}
            </button>
          )}
        </div>
        {isWide && <SiteLinks />}
        {!isWide && isOpen && (
          <div className="flex flex-col gap-4 border-t border-line py-4">
            <PageNavigation page={page} />
            <SiteLinks />
            <Switches />
          </div>
        )}
      </div>
    </header>
  );
}

function Name(): ReactNode {
  const { title } = useSite();
  const local = useLocal();
  return (
    <p className="flex min-w-0 items-center gap-2.5 font-semibold">
      <img src="./icon.svg" alt="" width="24" height="24" />
      <span className="leading-tight wrap-anywhere">{local(title)}</span>
    </p>
  );
}

function PageNavigation({ page }: { readonly page: PageName }): ReactNode {
  const words = usePagesWords();
  return (
    <nav aria-label={words("pages.navigation")} className="lg:flex-1">
      <ul className="flex flex-col gap-1 lg:flex-row">
        {pagesOf(useSite()).map((name) => (
          <li key={name}>
            <a
              href={pageAddress(PAGE_FILES[name])}
              aria-current={name === page ? "page" : undefined}
              className={classNames(
                "block whitespace-nowrap rounded-control px-3 py-1.5 font-medium -mx-3 lg:mx-0",
                name === page ? "bg-accent-soft text-accent" : "text-muted hover:text-ink",
              )}
            >
              {words(`pages.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SiteLinks(): ReactNode {
  const site = useSite();
  const words = usePagesWords();
  const links = [...site.links, ...registryLinks(site)];
  if (links.length === 0) return null;
  return (
    <nav aria-label={words("pages.elsewhere")} className="border-line text-sm text-muted lg:border-t lg:py-2.5">
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {links.map((link) => (
          <li key={link.url}>
            <ExternalLink {...link} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Switches(): ReactNode {
  return (
    <div className="flex flex-wrap gap-2">
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  );
}
