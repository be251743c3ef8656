import { type ReactNode, useState } from "react";
import { copyText } from "../../shared/clipboard.ts";
import { classNames } from "../../shared/components/class-names.ts";
import { Icon } from "../../shared/components/icon.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { useSharedWords } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";

const SHOWN = 12;

export interface DigestProps {
  /** `sha256:…` */
  readonly digest: string;
  readonly className?: string;
}

/** The beginning of a digest; a press copies the whole. */
export function Digest({ digest, className }: DigestProps): ReactNode {
  const words = useWords();
  const shared = useSharedWords();
  const announce = useAnnounce();
  const [isCopied, setCopied] = useState(false);
  const short = digest.slice(digest.indexOf(":") + 1).slice(0, SHOWN);
  async function copy(): Promise<void> {
    const done = await copyText(digest);
    setCopied(done);
    announce(shared(done ? "web.copied" : "web.copy-by-hand"));
  }
  return (
    <button
      type="button"
      title={digest}
      aria-label={words("dashboard.copy-digest", { digest: short })}
      onClick={copy}
      className={classNames(
        "-mx-1.5 inline-flex items-center gap-1.5 rounded-control px-1.5 py-0.5 font-mono text-[0.8125rem] whitespace-nowrap hover:bg-sunken",
        className,
      )}
    >
      {short}
      <span className="text-muted">
        <Icon name={isCopied ? "check" : "copy"} />
      </span>
    </button>
  );
}
