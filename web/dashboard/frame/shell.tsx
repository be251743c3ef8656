import { type ReactNode, useEffect, useRef } from "react";
import { useSharedWords } from "../../shared/language.tsx";
import { NowProvider } from "../parts/moment.tsx";
import { Connection } from "./connection.tsx";
import { Header } from "./header.tsx";
import { Page } from "./page.tsx";
import { hrefOf } from "./route.ts";
import { useRoute } from "./use-route.ts";

/** The frame around every page. Whoever goes to another page begins at its top, with the keyboard too. */
export function Shell(): ReactNode {
  const words = useSharedWords();
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const address = route.page === "unknown" ? "" : hrefOf(route);
  const before = useRef(address);
  useEffect(() => {
    if (before.current === address) return;
    before.current = address;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [address]);
  return (
    <NowProvider>
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="sr-only rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30"
      >
        {words("web.skip")}
      </button>
      <Header route={route} />
      <main ref={main} tabIndex={-1} className="mx-auto w-full max-w-7xl px-4 py-6 outline-none sm:px-6 sm:py-8">
        <Page key={address} route={route} />
      </main>
      <Connection />
    </NowProvider>
  );
}
