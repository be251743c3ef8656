import { readFile } from "node:fs/promises";
import type { Workplace } from "./workplace.ts";

/** A line of a run's journal, as far as tests look at it. */
export interface JournalLine {
  readonly state: string;
  readonly kind?: string;
  readonly subject?: string;
  readonly step?: string;
}

/** All that the runs in a folder of a workplace have written down, in order; a torn last line is left out. */
export async function journals(workplace: Workplace, folder = "."): Promise<readonly JournalLine[]> {
  const files = (await workplace.filesBelow(`${folder}/.slipway/runs`)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.flatMap((text) => text.split("\n").slice(0, -1)).map((line) => JSON.parse(line));
}
