import { type ReactNode, useEffect, useId, useRef } from "react";
import { useSharedWords } from "../language.tsx";
import { Icon } from "./icon.tsx";

export interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Over the page for as long as it is there; Escape and a click beside it close it, and the focus goes back. */
export function Dialog({ title, onClose, children }: DialogProps): ReactNode {
  const words = useSharedWords();
  const heading = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    element.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={heading}
      onClose={onClose}
      closedby="any"
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(44rem,calc(100vw-2rem))] overflow-auto rounded-card border border-line bg-surface p-0 text-ink"
    >
      <div className="flex flex-col gap-5 p-5 sm:p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={heading} className="text-xl font-semibold">
            {title}
          </h2>
          <button
            type="button"
            onClick={onClose}
            className="-m-1.5 rounded-control p-2.5 text-muted hover:bg-sunken hover:text-ink"
            aria-label={words("web.close")}
          >
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
