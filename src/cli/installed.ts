/** What bin/slipway of the npm package loads, as the checkout's own prepares Node. Older Nodes have to be able to load it, too. */
import module from "node:module";
import { compiledFolder, isNewEnough } from "./installed-node.ts";

if (isNewEnough(process.versions.node)) {
  const folder = compiledFolder(process.env);
  if (folder !== undefined) module.enableCompileCache(folder);
  await import("./main.ts");
} else {
  process.stderr.write(`slipway: it needs Node 24.15 or later, and this is ${process.versions.node}\n`);
  process.exitCode = 1;
}
