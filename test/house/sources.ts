import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The checkout's root; every path in the house's tests is relative to it. */
export const ROOT = join(import.meta.dirname, "../..");

/** One import as a file writes it. */
export interface Specifier {
  readonly to: string;
  /** Types are erased: such an import is gone at run time. */
  readonly typesOnly: boolean;
}

/** One import of a file: another file of the checkout, as a path from the root, or a package. */
export interface Import extends Specifier {
  readonly from: string;
  readonly isFile: boolean;
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** The files that match, without what npm, git and Slipway itself put into a checkout. */
export function filesOf(...patterns: readonly string[]): readonly string[] {
  const exclude = ["**/node_modules/**", ".git/**", "**/.slipway/**", "tmp/**", "dist/**", "web/dist/**", "**/*.log"];
  return globSync([...patterns], { cwd: ROOT, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

export function contentOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

export function importsOf(file: string): readonly Import[] {
  return scanImports(contentOf(file)).map(({ to, typesOnly }) => {
    const isFile = to.startsWith(".");
    return { from: file, to: isFile ? join(dirname(file), to) : to, isFile, typesOnly };
  });
}

/** The imports that a source text holds. The formatter keeps each at the start of a line and between double quotes. */
export function scanImports(source: string): readonly Specifier[] {
  const fixed = [...source.matchAll(STATIC)].map(([, types, to = ""]) => ({ to, typesOnly: types !== undefined }));
  const dynamic = [...source.matchAll(DYNAMIC)].map(([, to = ""]) => ({ to, typesOnly: false }));
  return [...fixed, ...dynamic];
}
