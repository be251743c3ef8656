import type { Context } from "../command.ts";
import type { ComposeOptions } from "../compose-options.ts";
import { writeText } from "../output/file.ts";
import { printable } from "../output/width.ts";
import { isInPlace, putFile, type WantedFile } from "./put-file.ts";

/**
 * Gives a person the files that they asked for: where options say, all of them or none, else on stdout. A report holds what is
 * told of them, never their text, which may have secrets in it.
 * @throws FILE_EXISTS, FILE_UNWRITABLE
 */
export async function deliverFiles(
  { command, globals, words, out, err, paint }: Context,
  { output, secretsFile, force }: ComposeOptions,
  { text, env }: { readonly text: string; readonly env?: string },
  told: object,
): Promise<void> {
  const isFile = output !== undefined && output !== "-";
  const isSecret = env !== undefined && secretsFile !== undefined;
  const wanted: readonly WantedFile[] = [
    ...(isSecret ? [{ file: secretsFile, text: env, mode: 0o600 }] : []),
    ...(isFile ? [{ file: output, text }] : []),
  ];
  const states = wanted.map((one) => ({ one, inPlace: isInPlace(one, force) }));
  for (const { one, inPlace } of states) {
    if (!inPlace) await putFile(one);
    const said = words.text(inPlace ? "compose.unchanged" : "compose.written", { file: printable(one.file) });
    err.write(`${paint.err("green", "✓")} ${said}\n`);
  }
  const files = { ...(isFile && { file: output }), ...(isSecret && { secretsFile }) };
  const result = { version: 1, command, ok: true, ...told, ...files };
  if (globals.report !== undefined) await writeText(globals.report, `${JSON.stringify(result, undefined, 2)}\n`);
  if (globals.json) out.write(`${JSON.stringify({ ...result, ...(!isFile && { text }) }, undefined, 2)}\n`);
  else if (!isFile) out.write(text);
}
