/** `npm run web`: the pages for browsers, each app of `web/` built into its folder of `web/dist`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildWebApp, WEB } from "./support/web-app.ts";

for (const app of ["site", "dashboard"] as const) {
  if (existsSync(join(WEB, app, "index.html"))) await buildWebApp(app, join(WEB, "dist", app));
}
