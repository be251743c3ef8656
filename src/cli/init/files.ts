import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replacePage } from "../publish/contract-file.ts";
import { missingLines, withLines } from "./ignore-lines.ts";

/** What is to become of a file. */
export interface PlannedFile {
  /** From the project's folder on. */
  readonly path: string;
  /** `leave`: it is there, and stays as it is. */
  readonly change: "create" | "replace" | "add" | "leave";
  /** All that it will hold. */
  readonly text: string;
  /** The lines that are added. */
  readonly added?: readonly string[];
}

/** A file of our own: one that is there stays, unless it may be replaced. */
export function ownFile(folder: string, path: string, text: string, force: boolean): PlannedFile {
  const there = textAt(folder, path);
  if (there === undefined) return { path, change: "create", text };
  if (there === text || !force) return { path, change: "leave", text: there };
  return { path, change: "replace", text };
}

/** A file of somebody's that has to hold some lines. */
export function withMissing(folder: string, path: string, wanted: readonly string[]): PlannedFile {
  const there = textAt(folder, path);
  const added = missingLines(there ?? "", wanted);
  if (added.length === 0) return { path, change: "leave", text: there ?? "" };
  return { path, change: there === undefined ? "create" : "add", text: withLines(there ?? "", added), added };
}

/** Writes what is planned, in order; a file is whole at any instant. @throws FILE_UNWRITABLE */
export async function writeFiles(folder: string, files: readonly PlannedFile[]): Promise<void> {
  for (const { path, change, text } of files) {
    if (change !== "leave") await replacePage(join(folder, path), text);
  }
}

function textAt(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
