/** `npm run pack`: the npm package, as a folder and as the tarball that `npm install` takes, in `dist`. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makePackage } from "./package/make-package.ts";
import { makeTarball } from "./package/make-tarball.ts";
import "./web.ts";

const DIST = join(import.meta.dirname, "../dist");

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST);
await makePackage(join(DIST, "package"));
console.log(await makeTarball(join(DIST, "package"), DIST));
