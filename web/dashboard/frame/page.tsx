import type { ReactNode } from "react";
import { DeliveriesPage } from "../deliveries/deliveries-page.tsx";
import { MirrorPage } from "../mirror/mirror-page.tsx";
import { OverviewPage } from "../overview/overview-page.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { RunPage } from "../run/run-page.tsx";
import { SettingsPage } from "../settings/settings-page.tsx";
import { hrefOf, type Route } from "./route.ts";
import { useWords } from "./words.ts";

/** The page of an address. */
export function Page({ route }: { readonly route: Route }): ReactNode {
  switch (route.page) {
    case "overview":
      return <OverviewPage />;
    case "mirror":
      return <MirrorPage name={route.name} />;
    case "run":
      return <RunPage id={route.id} />;
    case "deliveries":
      return <DeliveriesPage />;
    case "settings":
      return <SettingsPage />;
    case "unknown":
      return <UnknownPage />;
  }
}

function UnknownPage(): ReactNode {
  const words = useWords();
  return (
    <>
      <PageTitle title={words("dashboard.unknown-page")} />
      <a href={hrefOf({ page: "overview" })} className="font-medium text-accent underline">
        {words("dashboard.mirrors")}
      </a>
    </>
  );
}
