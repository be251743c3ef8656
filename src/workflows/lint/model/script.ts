/** A command line of a shell script: continued lines are one, comments and what heredocs hold are left out. */
export interface CommandLine {
  readonly text: string;
  /** Where it begins in the script, in UTF-16 units. */
  readonly offset: number;
}

/** `cat > images.yaml <<EOF … EOF` */
export interface Heredoc {
  /** The file that it is written to, where the line says so. */
  readonly file?: string;
  readonly body: string;
  /** Of the body, in the script. */
  readonly offset: number;
}

interface Script {
  readonly commands: readonly CommandLine[];
  readonly heredocs: readonly Heredoc[];
}

/**
 * Reads as much of a POSIX shell script as its lines tell.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_07_04
 */
export function readScript(script: string): Script {
  const commands: CommandLine[] = [];
  const heredocs: Heredoc[] = [];
  const lines = [...script.matchAll(/.*(?:\n|$)/g)].map(({ 0: text, index }) => ({ text, offset: index }));
  let begun: CommandLine | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const { text = "", offset = 0 } = lines[at] ?? {};
    const line = text.replace(/\r?\n$/, "");
    if (begun === undefined && /^\s*(?:#|$)/.test(line)) continue;
    begun = { text: `${begun?.text ?? ""}${line.replace(/\\$/, " ")}`, offset: begun?.offset ?? offset };
    if (line.endsWith("\\")) continue;
    commands.push(begun);
    for (const { word, strip } of heredocWords(begun.text)) {
      const file = fileWritten(begun.text);
      const from = at + 1;
      const isEnd = (one: string) => (strip ? one.replace(/^\t+/, "") : one).replace(/\r?\n$/, "") === word;
      let end = from;
      while (end < lines.length && !isEnd(lines[end]?.text ?? "")) end += 1;
      const body = lines.slice(from, end);
      heredocs.push({
        ...(file !== undefined && { file }),
        body: body.map((one) => one.text).join(""),
        offset: body[0]?.offset ?? script.length,
      });
      at = end;
    }
    begun = undefined;
  }
  if (begun !== undefined) commands.push(begun);
  return { commands, heredocs };
}

function heredocWords(command: string): readonly { readonly word: string; readonly strip: boolean }[] {
  return [...command.matchAll(/(?<!<)<<(-?)\s*(?:(['"])([^'"\n]+)\2|\\?([A-Za-z_]\w*))/g)].map(
    ([, dash, , quoted, plain]) => ({ word: quoted ?? plain ?? "", strip: dash === "-" }),
  );
}

function fileWritten(command: string): string | undefined {
  const redirected = /(?<![\d&<])>{1,2}\|?\s*(?:"([^"]+)"|'([^']+)'|([^\s;&|<>"']+))/.exec(command);
  const piped = /\btee\s+(?:-a\s+)?(?:"([^"]+)"|'([^']+)'|([^\s;&|<>"'-][^\s;&|<>"']*))/.exec(command);
  const [, double, single, plain] = redirected ?? piped ?? [];
  return double ?? single ?? plain;
}

/** The single commands of a line: `a && b | c` are three. */
export function simpleCommands(line: CommandLine): readonly CommandLine[] {
  return [...line.text.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^;&|"'])+|["']/g)]
    .map(({ 0: text, index }) => ({ text, offset: line.offset + index }))
    .map(({ text, offset }) => ({ text: text.trim(), offset: offset + (text.length - text.trimStart().length) }))
    .filter(({ text }) => text !== "");
}
