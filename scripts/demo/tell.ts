import { styleText } from "node:util";

export function heading(text: string): void {
  console.log(`\n${styleText("bold", text)}`);
}

export function shown(text: string): void {
  const lines = text.trimEnd().split("\n");
  console.log(styleText("dim", lines.map((line) => `  │ ${line}`).join("\n")));
}

export function command(words: string): void {
  console.log(styleText("cyan", `$ ${words}`));
}

/** Says what is true. @throws where it is not */
export function claim(what: string, holds: boolean): void {
  if (!holds) throw new Error(`it is not so: ${what}`);
  console.log(`${styleText("green", "  ✔")} ${what}`);
}
