import { stripVTControlCharacters } from "node:util";

/** What a line may hold; the rest of it is dropped. Far above what any builder says in one. */
const MOST_CHARACTERS = 8 * 1024;

/**
 * Cuts a stream of text into lines, at line feeds and carriage returns (progress bars). Colours and control characters
 * go away: a program's output must not steer the terminal that it is shown on.
 * @param tell is given every line that has something in it
 */
export function lineSplitter(tell: (line: string) => void): { add(text: string): void; end(): void } {
  let open = "";
  const finish = (line: string) => {
    const plain = stripVTControlCharacters(line)
      .replace(/\p{Cc}/gu, " ")
      .trimEnd();
    if (plain !== "") tell(plain);
  };
  return {
    add: (text) => {
      const [first = "", ...more] = text.split(/[\r\n]/);
      open = (open + first).slice(0, MOST_CHARACTERS);
      for (const line of more) {
        finish(open);
        open = line.slice(0, MOST_CHARACTERS);
      }
    },
    end: () => {
      finish(open);
      open = "";
    },
  };
}
