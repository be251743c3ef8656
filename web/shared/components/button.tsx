import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

const KINDS = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border-line bg-surface text-ink hover:border-edge",
  quiet: "border-transparent text-accent hover:bg-accent-soft",
  danger: "border-transparent bg-bad-soft text-bad hover:border-bad",
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary button a view. */
  readonly kind?: keyof typeof KINDS;
  readonly icon?: IconName;
  readonly small?: boolean;
}

export function Button({ kind = "secondary", icon, small, className, children, ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" className={classNames(buttonClass(kind, small), className)} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** The look of a button, for a link that is one. */
export function buttonClass(kind: keyof typeof KINDS = "secondary", small = false): string {
  return classNames(
    "inline-flex items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap",
    "disabled:cursor-not-allowed disabled:opacity-50 motion-safe:transition-colors",
    small ? "min-h-8 px-3 text-sm" : "min-h-10 px-4",
    KINDS[kind],
  );
}
