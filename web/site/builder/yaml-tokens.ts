export type TokenKind = "space" | "comment" | "key" | "punctuation" | "text" | "value";

/** A piece of a line; `text`: quoted or bare text, `value`: a number, a switch or nothing. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},:-](?:[^:#]|:(?!\s|$)|(?<!\s)#)*)(:)(?=\s|$)/;
const CONSTANT = /^(?:true|false|null|~|[-+]?\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?)$/i;

/** The tokens of each line of a block-style YAML file, for colours alone: joined again they are the text, whatever it is. */
export function yamlTokens(text: string): readonly (readonly Token[])[] {
  return text.split("\n").map(tokensOf);
}

function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = line;
  function take(kind: TokenKind, length: number): void {
    if (length > 0) tokens.push({ kind, text: rest.slice(0, length) });
    rest = rest.slice(length);
  }
  take("space", lengthOf(/^\s*/, rest));
  while (/^-(?:\s|$)/.test(rest)) {
    take("punctuation", 1);
    take("space", lengthOf(/^\s*/, rest));
  }
  const key = KEY.exec(rest);
  if (key !== null) {
    take("key", key[1]?.length ?? 0);
    take("punctuation", 1);
    take("space", lengthOf(/^\s*/, rest));
  }
  takeValue();
  return tokens;

  function takeValue(): void {
    const length = lengthOf(
      /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^#]|(?<=\S)#)*?(?=\s+#|$)/,
      rest.startsWith("#") ? "" : rest,
    );
    take(CONSTANT.test(rest.slice(0, length)) ? "value" : "text", length);
    take("space", lengthOf(/^\s*/, rest));
    take("comment", rest.length);
  }
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
