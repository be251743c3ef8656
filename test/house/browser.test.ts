import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesOf, importsOf, ROOT } from "./sources.ts";

/** The packages that pages are made of. */
const PACKAGES = /^(?:react|react-dom|uplot|yaml)(?:\/|$)/;

/** What of `src` a browser runs: pure rooms and words, and nothing that reads a file or speaks to a registry. */
const PURE = [
  /^src\/site\/(?:compose|sources)\//,
  /^src\/site\/(?:words|localized|prose|model)\.ts$/,
  /^src\/config\/compose\//,
  /^src\/words\/(?:fill|en\/|zh-CN\/)/,
];

const pages = filesOf("web/**/*.{ts,tsx}");

/** All that pages load, with the file that asks for it; types are gone by then. */
function loaded(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = pages.map((file) => ({ file, from: file }));
  for (const { file, from } of open) {
    if (found.has(file)) continue;
    found.set(file, from);
    for (const { to, isFile, typesOnly } of importsOf(file)) {
      if (typesOnly || to.endsWith(".css")) continue;
      if (!isFile) found.set(`package ${to}`, file);
      else if (existsSync(join(ROOT, to))) open.push({ file: to, from: file });
    }
  }
  return found;
}

const all = [...loaded()];

test("pages load nothing of Slipway but what is pure", () => {
  const wrong = all.filter(([file]) => file.startsWith("src/") && !PURE.some((pattern) => pattern.test(file)));
  assert.deepEqual(wrong, []);
});

test("pages load no other packages than those they are made of", () => {
  const wrong = all.filter(([name]) => name.startsWith("package ") && !PACKAGES.test(name.slice("package ".length)));
  assert.deepEqual(wrong, []);
});

test("pages reach the engine and the words", () => {
  const names = all.map(([file]) => file);
  for (const file of ["src/site/compose/index.ts", "src/site/sources/index.ts", "src/words/fill.ts", "package yaml"]) {
    assert.ok(names.includes(file), file);
  }
});
