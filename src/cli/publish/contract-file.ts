import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { readSource } from "../../config/reading/source.ts";
import { writeAtomically } from "../../target/atomic-file.ts";
import { SlipwayError } from "../../words/error.ts";
import { unwritable } from "../output/file.ts";

const DEFAULT_FILE = "docs/image-contract.md";

/**
 * Where the contract is: what `--output` says, from this folder on; else what the configuration says, from its own.
 * As short as it can be said from here.
 */
export function contractFile(config: string, written: string | undefined, output: string | undefined): string {
  const file = output === undefined ? resolve(dirname(config), written ?? DEFAULT_FILE) : resolve(output);
  const fromHere = relative(process.cwd(), file);
  return fromHere.startsWith("..") || isAbsolute(fromHere) ? file : fromHere;
}

/** The page that is there. @throws CONFIG_UNREADABLE */
export function readPage(file: string): string | undefined {
  return existsSync(file) ? readSource(file).text : undefined;
}

/** Puts a page in place of the old one, whole or not at all. @throws FILE_UNWRITABLE */
export async function replacePage(file: string, page: string): Promise<void> {
  const folder = dirname(file);
  try {
    await mkdir(folder, { recursive: true });
    await writeAtomically(file, page, join(folder, `.${basename(file)}.${randomUUID()}`));
  } catch (thrown) {
    throw unwritable(file, thrown instanceof SlipwayError ? thrown.cause : thrown);
  }
}
