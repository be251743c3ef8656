import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";

/** A name, a value or a digest within a line; long ones break anywhere. */
export function Code({ children }: { readonly children: ReactNode }): ReactNode {
  return <code className="font-mono text-[0.875em] wrap-anywhere">{children}</code>;
}

/** An image's name; it breaks before a slash's next part where it can, and not at the dashes of a host. */
export function Address({ address }: { readonly address: string }): ReactNode {
  const parts = address.split(/(?<=\/)/);
  return (
    <Code>
      {parts.map((part, at) => (
        <span key={[at, part].join(" ")} className="inline-block max-w-full">
          {part}
        </span>
      ))}
    </Code>
  );
}

/** Lines to be copied into a terminal. */
export function Command({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const isOneLine = !text.includes("\n");
  return (
    <div
      className={classNames(
        "flex flex-col items-start gap-2 rounded-control bg-sunken p-2 pl-4 sm:flex-row sm:justify-between",
        isOneLine && "sm:items-center",
      )}
    >
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        tabIndex={0}
        className="w-full min-w-0 overflow-x-auto py-1.5 font-mono text-sm max-sm:whitespace-pre-wrap max-sm:wrap-anywhere"
      >
        {text}
      </pre>
      <CopyButton small text={text} label={label} />
    </div>
  );
}
