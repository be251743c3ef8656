// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Text from elsewhere (a registry's answer, a tag) made safe to print: no control characters, so no escapes. */
export function printable(text: string): string {
  return text.replace(CONTROL, "\uFFFD");
}
