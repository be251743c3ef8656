import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A part of a page that a script writes, between two comments. */
export interface Generated {
  /** From the checkout's root: `docs/errors.md`. */
  readonly page: string;
  /** The script, from the checkout's root. */
  readonly script: string;
  readonly text: () => string | Promise<string>;
}

const ROOT = join(import.meta.dirname, "../..");
const END = "<!-- end of what is generated -->";

/** The page as it is, and as it should be. */
export async function renew({
  page,
  script,
  text,
}: Generated): Promise<{ readonly now: string; readonly due: string }> {
  const now = readFileSync(join(ROOT, page), "utf8");
  const begin = `<!-- written by \`node ${script}\` -->`;
  const [before, rest] = now.split(`${begin}\n`);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${page} does not hold ${begin} and ${END}`);
  return { now, due: `${before}${begin}\n\n${(await text()).trim()}\n\n${END}${after}` };
}

/** Writes the page anew. */
export async function write(generated: Generated): Promise<void> {
  const { due } = await renew(generated);
  writeFileSync(join(ROOT, generated.page), due);
}

/** A Markdown table; what has a meaning in a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
