import type { ReactNode } from "react";
import type { Tone } from "./badge.tsx";
import { classNames } from "./class-names.ts";

const TONES: Readonly<Record<Tone, string>> = {
  neutral: "border-line bg-surface",
  accent: "border-transparent bg-accent-soft",
  good: "border-transparent bg-good-soft",
  warning: "border-transparent bg-warning-soft",
  bad: "border-transparent bg-bad-soft",
};

export interface NoticeProps {
  readonly tone?: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}

/** Something to be read before going on, in the flow of the page. */
export function Notice({ tone = "neutral", title, children }: NoticeProps): ReactNode {
  return (
    <div className={classNames("rounded-card border px-4 py-3 text-sm", TONES[tone])}>
      {title !== undefined && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  );
}
