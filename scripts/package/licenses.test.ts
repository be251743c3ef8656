import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../src/testing/index.ts";
import { bundledPackages, writeLicenses } from "./licenses.ts";

test("packages are found by the files of theirs that were taken, whatever is around the names", () => {
  const moduleIds = [
    "/checkout/src/cli/main.ts",
    "\0rolldown/runtime.js",
    "/checkout/node_modules/zod/v4/core.js",
    "/checkout/node_modules/zod/v4/index.js",
    "/checkout/node_modules/@azure/core-util/dist/index.js",
    "\0/checkout/node_modules/pg/lib/index.js?commonjs",
    "/checkout/node_modules/pg/node_modules/@inner/one/index.js",
  ];
  assert.deepEqual(bundledPackages([{ type: "asset" }, { type: "chunk", moduleIds }], "/checkout/node_modules"), [
    "/checkout/node_modules/@azure/core-util",
    "/checkout/node_modules/pg",
    "/checkout/node_modules/pg/node_modules/@inner/one",
    "/checkout/node_modules/zod",
  ]);
});

test("each package's licence and notice are told as they are; what its code is called like them is not", async () => {
  const folder = await temporaryFolder("licenses");
  const place = join(folder.path, "one");
  const files = {
    "package.json": '{ "name": "one", "version": "1.2.3", "license": "MIT" }',
    "LICENSE.md": "may be used\n",
    NOTICE: "by somebody\n",
    "licenser.js": "code",
  };
  await mkdir(place);
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
  const file = join(folder.path, "LICENSES.md");
  await writeLicenses(file, [place]);
  const text = await readFile(file, "utf8");
  assert.ok(text.endsWith("## one 1.2.3\n\nMIT\n\n```text\nmay be used\n```\n\n```text\nby somebody\n```\n"), text);
  await folder.remove();
});
