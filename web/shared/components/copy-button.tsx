import { type ReactNode, useState } from "react";
import { copyText } from "../clipboard.ts";
import { useSharedWords } from "../language.tsx";
import { Button, type ButtonProps } from "./button.tsx";
import { useAnnounce } from "./live-region.tsx";

export interface CopyButtonProps extends Pick<ButtonProps, "kind" | "small" | "disabled"> {
  readonly text: string;
  /** What the button says; `Copy` where it is left out. */
  readonly children?: ReactNode;
  /** What is copied, for those who hear the button without what stands beside it. */
  readonly label?: string;
}

/** Copies a text, over plain HTTP too, and says whether it worked. */
export function CopyButton({ text, children, label, ...rest }: CopyButtonProps): ReactNode {
  const words = useSharedWords();
  const announce = useAnnounce();
  const [copied, setCopied] = useState<string | undefined>();
  async function copy(): Promise<void> {
    const isCopied = await copyText(text);
    setCopied(isCopied ? text : undefined);
    announce(words(isCopied ? "web.copied" : "web.copy-by-hand"));
  }
  return (
    <Button {...rest} icon={copied === text ? "check" : "copy"} aria-label={label} onClick={copy}>
      {children ?? words("web.copy")}
    </Button>
  );
}
