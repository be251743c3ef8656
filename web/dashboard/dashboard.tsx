import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LiveRegion } from "../shared/components/live-region.tsx";
import { LanguageProvider } from "../shared/language.tsx";
import { ChangesProvider } from "./data/changes.tsx";
import { SessionProvider } from "./frame/session.tsx";
import { Shell } from "./frame/shell.tsx";

const place = document.getElementById("page");
if (place === null) throw new Error("the document has no element for the page");
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <LiveRegion>
        <SessionProvider>
          <ChangesProvider>
            <Shell />
          </ChangesProvider>
        </SessionProvider>
      </LiveRegion>
    </LanguageProvider>
  </StrictMode>,
);
