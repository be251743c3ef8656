import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf, type Import, importsOf, scanImports } from "./sources.ts";

const ALL_BUT_CLI = [
  "daemon",
  "store",
  "site",
  "workflows",
  "notify",
  "release",
  "github",
  "build",
  "source",
  "mirror",
  "config",
  "changes",
  "metadata",
  "copy",
  "registry",
  "target",
  "oci",
  "words",
];

/** The rooms of the house, and which rooms each may know of: imports go down only. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  words: [],
  oci: ["words"],
  target: ["oci", "words"],
  registry: ["target", "oci", "words"],
  copy: ["target", "oci", "words"],
  metadata: ["oci", "words"],
  changes: ["words"],
  config: ["metadata", "changes", "oci", "words"],
  mirror: ["registry", "copy", "config", "target", "oci", "words"],
  source: ["target", "oci", "words"],
  build: ["metadata", "copy", "target", "oci", "words"],
  github: ["oci", "words"],
  release: [
    "github",
    "build",
    "source",
    "mirror",
    "config",
    "changes",
    "metadata",
    "copy",
    "registry",
    "target",
    "oci",
    "words",
  ],
  notify: ["words"],
  workflows: ["release", "github", "config", "changes", "metadata", "oci", "words"],
  action: ["github", "words"],
  // A browser runs some of it: browser.test.ts holds what that may import.
  site: ["config", "metadata", "oci", "words"],
  store: ["oci", "words"],
  daemon: [
    "store",
    "site",
    "notify",
    "source",
    "github",
    "mirror",
    "copy",
    "config",
    "registry",
    "target",
    "oci",
    "words",
  ],
  cli: ALL_BUT_CLI,
  testing: ALL_BUT_CLI,
};

const sources = filesOf("src/**/*.ts");
const imports = sources.flatMap(importsOf);

function roomOf(file: string): string | undefined {
  return /^src\/([^/]+)\//.exec(file)?.[1];
}

function isAllowed({ from, to }: Import): boolean {
  const [here = "", there = ""] = [roomOf(from), roomOf(to)];
  const allowed = [here, ...(ROOMS[here] ?? [])];
  if (from.endsWith(".test.ts")) allowed.push("testing");
  return allowed.includes(there) || to === "package.json";
}

test("the scanner sees every form of import", () => {
  const source = [
    'import "a";',
    'import type { B } from "b";',
    'import c, {\n  d,\n} from "c";',
    'export * from "e";',
    'export type { F } from "f";',
    "const g = await import(g);".replace("(g)", '("g")'),
    'const text = "import h from nowhere";',
    ' * import { inAComment } from "i";',
    'export const j = 1;\nconst from = "j";',
  ].join("\n");
  assert.deepEqual(
    scanImports(source).map(({ to, typesOnly }) => (typesOnly ? `type ${to}` : to)),
    ["a", "type b", "c", "e", "type f", "g"],
  );
});

test("every folder of src is a room", () => {
  const unknown = sources.filter((file) => !Object.hasOwn(ROOMS, roomOf(file) ?? ""));
  assert.deepEqual(unknown, []);
});

test("imports go down only, and nothing that ships imports testing", () => {
  const wrong = imports.filter((found) => found.isFile && !isAllowed(found));
  assert.deepEqual(wrong.map(show), []);
});

test("no file imports itself through others", () => {
  const next = new Map(sources.map((file) => [file, runtimeImportsOf(file)]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  function visit(file: string, path: readonly string[]): void {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!finished.has(file)) for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    finished.add(file);
  }
  for (const file of sources) visit(file, []);
  assert.deepEqual(cycles, []);
});

/** Types are erased, so a cycle of types alone is none at run time. */
function runtimeImportsOf(file: string): readonly string[] {
  return imports.filter(({ from, typesOnly }) => from === file && !typesOnly).map(({ to }) => to);
}

function show({ from, to, typesOnly }: Import): string {
  return `${from} → ${typesOnly ? "type " : ""}${to}`;
}
