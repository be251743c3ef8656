import type { Context } from "../command.ts";
import { writeText } from "./file.ts";

/** Gives a command's result to programs, where they asked for it: on stdout, in a file. @throws FILE_UNWRITABLE */
export async function tellResult({ globals, out }: Context, result: object): Promise<void> {
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  if (globals.json) out.write(text);
  if (globals.report !== undefined) await writeText(globals.report, text);
}
