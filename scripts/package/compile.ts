import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../support/command.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * Compiles TypeScript files of the checkout, and all that they import, to JavaScript and declarations. Paths stay as they
 * are in the checkout. Types are not checked again: `npm run types` does that.
 * @throws with what the compiler said
 */
export async function compile(entries: readonly string[], folder: string): Promise<void> {
  const settings = await mkdtemp(join(tmpdir(), "slipway-compile-"));
  try {
    const compilerOptions = {
      noEmit: false,
      noCheck: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      target: "esnext", // the oldest Node that runs it knows all of it
      rootDir: ROOT,
      outDir: folder,
      typeRoots: [join(ROOT, "node_modules/@types")],
    };
    const files = entries.map((entry) => join(ROOT, entry));
    const project = { extends: join(ROOT, "tsconfig.json"), compilerOptions, files, include: [] };
    await writeFile(join(settings, "tsconfig.json"), JSON.stringify(project));
    const { ok, output } = await runCommand(`'${join(ROOT, "node_modules/.bin/tsc")}' --project '${settings}'`);
    if (!ok) throw new Error(`the compiler failed:\n${output}`);
  } finally {
    await rm(settings, { recursive: true });
  }
}
