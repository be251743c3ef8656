import type { ReactNode } from "react";
import { proseOf, type Span } from "../../../src/site/prose.ts";
import { Code } from "../../shared/components/code.tsx";

/** What a maintainer wrote at length: paragraphs, commands, links. Nothing of it is markup to the browser. */
export function Prose({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="flex flex-col gap-3">
      {proseOf(text).map((block, number) => {
        const key = `block ${number}`;
        return block.kind === "code" ? (
          <pre
            key={key}
            className="rounded-control bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere text-ink"
          >
            {block.text}
          </pre>
        ) : (
          <p key={key} className="wrap-anywhere">
            <Spans spans={block.spans} />
          </p>
        );
      })}
    </div>
  );
}

/** A line with `code` in it. */
export function Line({ text }: { readonly text: string }): ReactNode {
  return proseOf(text).map((block) => block.kind === "paragraph" && <Spans key={text} spans={block.spans} />);
}

function Spans({ spans }: { readonly spans: readonly Span[] }): ReactNode {
  return spans.map((span, at) => {
    const key = `span ${at}`;
    switch (span.kind) {
      case "text":
        return span.text;
      case "code":
        return <Code key={key}>{span.text}</Code>;
      case "link":
        return (
          <a key={key} href={span.url} rel="noreferrer" className="text-accent underline">
            {span.text}
          </a>
        );
    }
    return span satisfies never;
  });
}
