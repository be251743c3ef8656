import assert from "node:assert/strict";
import { builtinModules } from "node:module";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { contentOf, filesOf, importsOf } from "./sources.ts";

/** Used as commands or by the compiler, so that no file imports them. */
const TOOLS = ["@biomejs/biome", "typescript", "node", "@types/node", "azurite", "tailwindcss"];

const sources = filesOf("{src,scripts,bench,faults,examples,test,web}/**/*.{ts,tsx}");
const shipped = sources.filter((file) => file.startsWith("src/") && !file.endsWith(".test.ts"));

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(contentOf("package-lock.json"));

/** The names of the packages that files import, without Node's own and Slipway itself. */
function packagesOf(files: readonly string[]): ReadonlySet<string> {
  const names = files
    .flatMap(importsOf)
    .filter(({ isFile, to }) => !isFile && !to.startsWith("node:"))
    .map(({ to }) => /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to);
  return new Set(names.filter((name) => name !== manifest.name));
}

test("every dependency is imported by what ships, and all that it imports is a dependency", () => {
  assert.deepEqual([...packagesOf(shipped)].sort(), Object.keys(manifest.dependencies).sort());
});

test("every other import is a declared one, and every development dependency is used", () => {
  const imported = packagesOf(sources);
  const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  assert.deepEqual(
    [...imported].filter((name) => !declared.includes(name)),
    [],
  );
  const idle = Object.keys(manifest.devDependencies)
    .filter((name) => !TOOLS.includes(name))
    .filter((name) => !imported.has(name.replace(/^@types\//, "")));
  assert.deepEqual(idle, []);
});

test("Node's own modules are imported by their node: names", () => {
  assert.deepEqual(
    [...packagesOf(sources)].filter((name) => builtinModules.includes(name) && !(name in manifest.dependencies)),
    [],
  );
});

test("every door and command of package.json is a file", () => {
  const paths = [...Object.values(manifest.exports), ...Object.values(manifest.bin)];
  const missing = paths.filter((path) => filesOf(path.replace(/^\.\//, "")).length === 0);
  assert.deepEqual(missing, []);
});

test("every npm script names files that are there", () => {
  const named = Object.values(manifest.scripts).flatMap((script) => script.match(/\S+\.(?:ts|sh)\b/g) ?? []);
  assert.deepEqual(
    named.filter((file) => filesOf(file).length === 0),
    [],
  );
});

test("package-lock.json holds what other platforms need, without which npm ci refuses to install there", () => {
  const missing = Object.values(lock.packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !Object.hasOwn(lock.packages, `node_modules/${name}`));
  assert.deepEqual(missing, []);
});

test("package-lock.json is of this package.json", () => {
  const { version, dependencies, devDependencies } = manifest;
  const { "": locked } = lock.packages;
  assert.deepEqual(
    { version: locked?.version, dependencies: locked?.dependencies, devDependencies: locked?.devDependencies },
    { version, dependencies, devDependencies },
  );
});
