import { type ComponentType, type ReactNode, StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import type { SiteData } from "../../../src/site/model.ts";
import { LiveRegion } from "../../shared/components/live-region.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { LanguageProvider, useLanguage, useSharedWords } from "../../shared/language.tsx";
import { Line } from "../parts/prose.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { loadSite } from "./load.ts";
import type { PageName } from "./pages.ts";
import { SiteProvider } from "./site.tsx";
import { usePagesWords } from "./words.ts";

/** Draws a page within the frame that all three have, as soon as its data is there. */
export function mountPage(page: PageName, content: ComponentType): void {
  const place = document.getElementById("page");
  if (place === null) throw new Error("the document has no element for the page");
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider>
        <LiveRegion>
          <Page page={page} content={content} />
        </LiveRegion>
      </LanguageProvider>
    </StrictMode>,
  );
}

type Loading = { readonly site: SiteData } | { readonly problem: string } | undefined;

interface PageProps {
  readonly page: PageName;
  readonly content: ComponentType;
}

function Page({ page, content: Content }: PageProps): ReactNode {
  const loading = useSiteData();
  const words = useSharedWords();
  useTitle(page, loading !== undefined && "site" in loading ? loading.site : undefined);
  if (loading === undefined) return <p className="p-8 text-muted">{words("web.loading")}</p>;
  if ("problem" in loading) return <NoData problem={loading.problem} />;
  return (
    <SiteProvider site={loading.site}>
      <a
        href="#content"
        className="sr-only rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30"
      >
        {words("web.skip")}
      </a>
      <Header page={page} />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-8 outline-none sm:px-6 sm:py-12">
        <Content />
      </main>
      <Footer />
    </SiteProvider>
  );
}

function useSiteData(): Loading {
  const [loading, setLoading] = useState<Loading>();
  useEffect(() => {
    loadSite().then(
      (site) => setLoading({ site }),
      (cause: unknown) => setLoading({ problem: String(cause) }),
    );
  }, []);
  return loading;
}

function NoData({ problem }: { readonly problem: string }): ReactNode {
  const words = usePagesWords();
  return (
    <main className="mx-auto max-w-2xl p-8">
      <Notice tone="bad" title={<Line text={words("pages.no-data")} />}>
        {problem}
      </Notice>
    </main>
  );
}

/** The document's title follows the language; the built page has one for those who run no script. */
function useTitle(page: PageName, site: SiteData | undefined): void {
  const words = usePagesWords();
  const { language } = useLanguage();
  const title = site && `${words(`pages.${page}`)} · ${site.title[language]}`;
  useEffect(() => {
    if (title !== undefined) document.title = title;
  }, [title]);
}
