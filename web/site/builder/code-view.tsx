import { Fragment, type ReactNode } from "react";
import { type TokenKind, yamlTokens } from "./yaml-tokens.ts";

const COLOURS: Readonly<Record<TokenKind, string | undefined>> = {
  space: undefined,
  comment: "text-muted",
  key: "text-accent",
  punctuation: "text-muted",
  text: undefined,
  value: "text-good",
};

export interface CodeViewProps {
  readonly text: string;
  /** What the text is; heard, and scrolled to by keyboard. */
  readonly label: string;
}

/** A YAML file in colours. Every piece is text to the browser, whatever stands in it. */
export function CodeView({ text, label }: CodeViewProps): ReactNode {
  const lines = yamlTokens(text.replace(/\n$/, ""));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section aria-label={label} tabIndex={0} className="overflow-auto px-4 py-4 -outline-offset-2 sm:px-5">
      <pre className="font-mono text-[0.8125rem]/6">
        {lines.map((tokens, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place.
          <Fragment key={number}>
            {tokens.map((token, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: and so is a token.
              <span key={at} className={COLOURS[token.kind]}>
                {token.text}
              </span>
            ))}
            {"\n"}
          </Fragment>
        ))}
      </pre>
    </section>
  );
}
