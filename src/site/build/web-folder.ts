import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where `npm run web` puts the pages of an app, and the package has them: code may lie anywhere in either. */
export function webFolder(app: "site" | "dashboard"): string {
  let root = import.meta.dirname;
  while (!existsSync(join(root, "package.json")) && dirname(root) !== root) root = dirname(root);
  return join(root, "web/dist", app);
}
