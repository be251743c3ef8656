import { globSync } from "node:fs";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { build } from "vite";

export const WEB = join(import.meta.dirname, "../../web");

/**
 * Builds every page of an app of `web/` into a folder, which is emptied before. Addresses are relative to the pages: they
 * work from any folder of any server. Needs no network.
 */
export async function buildWebApp(app: "site" | "dashboard", folder: string): Promise<void> {
  const root = join(WEB, app);
  await build({
    configFile: false,
    root,
    // The icon, and what has to run before the first paint: the same for every app.
    publicDir: join(WEB, "shared/public"),
    base: "./",
    logLevel: "error",
    plugins: [react(), tailwindcss()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      // The pages' policy allows neither `data:` addresses nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: globSync(join(root, "*.html")) },
    },
  });
}
