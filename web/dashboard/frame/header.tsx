import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../../shared/components/button.tsx";
import { classNames } from "../../shared/components/class-names.ts";
import { Icon } from "../../shared/components/icon.tsx";
import { LanguageSwitch } from "../../shared/components/language-switch.tsx";
import { ThemeSwitch } from "../../shared/components/theme-switch.tsx";
import { useSharedWords } from "../../shared/language.tsx";
import { useMedia, WIDE } from "../../shared/use-media.ts";
import { useAction } from "../data/use-action.ts";
import { hrefOf, type Route } from "./route.ts";
import { useSession } from "./session.tsx";
import { useWords } from "./words.ts";

/** The ways through the dashboard, and who is signed in; behind one button where there is little room. */
export function Header({ route }: { readonly route: Route }): ReactNode {
  const isWide = useMedia(WIDE);
  const words = useSharedWords();
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere is done with the menu.
  useEffect(() => setOpen(false), [route.page]);
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto max-w-7xl px-4 sm:px-6">
        <div className="flex min-h-14 items-center justify-between gap-x-8">
          <a href={hrefOf({ page: "overview" })} className="flex items-center gap-2.5 text-lg font-semibold">
            <img src="./icon.svg" alt="" width="24" height="24" />
            Slipway
          </a>
          {isWide ? (
            <>
              <Navigation route={route} />
              <Person />
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
        {!isWide && isOpen && (
          <div className="flex flex-col gap-4 border-t border-line py-4">
            <Navigation route={route} />
            <Person />
          </div>
        )}
      </div>
    </header>
  );
}

const PAGES = [
  { page: "overview", text: "dashboard.mirrors" },
  { page: "deliveries", text: "dashboard.deliveries" },
  { page: "settings", text: "dashboard.settings" },
] as const;

function Navigation({ route }: { readonly route: Route }): ReactNode {
  const words = useWords();
  const here = route.page === "mirror" || route.page === "run" ? "overview" : route.page;
  return (
    <nav aria-label={words("dashboard.navigation")} className="lg:flex-1">
      <ul className="flex flex-col gap-1 lg:flex-row">
        {PAGES.map(({ page, text }) => (
          <li key={page}>
            <a
              href={hrefOf({ page })}
              aria-current={route.page === page ? "page" : undefined}
              className={classNames(
                "-mx-3 block rounded-control px-3 py-1.5 font-medium whitespace-nowrap lg:mx-0",
                here === page ? "bg-accent-soft text-accent" : "text-muted hover:text-ink",
              )}
            >
              {words(text)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Person(): ReactNode {
  const words = useWords();
  const { name, role, signOut } = useSession();
  const { isBusy, act } = useAction();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <LanguageSwitch />
      <ThemeSwitch />
      <p className="ml-2 max-w-48 truncate text-sm text-muted" title={`${name} · ${words(`dashboard.role.${role}`)}`}>
        {name} · {words(`dashboard.role.${role}`)}
      </p>
      <Button small kind="quiet" disabled={isBusy} onClick={() => act(signOut)}>
        {words("dashboard.sign-out")}
      </Button>
    </div>
  );
}
