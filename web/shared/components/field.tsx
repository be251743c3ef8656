import { type ReactNode, useId } from "react";
import { useSharedWords } from "../language.tsx";
import { classNames } from "./class-names.ts";

/** What a control needs so that its label, help and problem are heard with it. */
export interface ControlProps {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
  readonly "aria-required"?: true;
}

export interface FieldProps {
  readonly label: ReactNode;
  /** Of the control; one is made where it is left out. */
  readonly id?: string;
  readonly help?: ReactNode;
  /** What is wrong with the value now. */
  readonly problem?: string;
  readonly required?: boolean;
  /** Says so beside the label: most of what is asked is needed. */
  readonly optional?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A label, a control, its help and what is wrong with it. */
export function Field({
  label,
  id,
  help,
  problem,
  required = false,
  optional = false,
  children,
}: FieldProps): ReactNode {
  const words = useSharedWords();
  const made = useId();
  const name = id ?? made;
  const described = [help !== undefined && `${name}-help`, problem !== undefined && `${name}-problem`].filter(Boolean);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={name} className="font-medium">
        {label}
        {optional && <span className="ml-2 text-sm font-normal text-muted">{words("web.optional")}</span>}
      </label>
      {children({
        id: name,
        ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
        ...(problem !== undefined && { "aria-invalid": true }),
        ...(required && { "aria-required": true }),
      })}
      {problem !== undefined && <FieldProblem id={`${name}-problem`}>{problem}</FieldProblem>}
      {help !== undefined && (
        <p id={`${name}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a value, below its control. */
export function FieldProblem({ id, children }: { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <p id={id} className="text-sm font-medium text-bad">
      {children}
    </p>
  );
}

/** The look of inputs, areas of text and selects. */
export function inputClass(...more: readonly (string | false | undefined)[]): string {
  return classNames(
    "min-h-10 w-full min-w-0 rounded-control border border-edge bg-surface px-3 py-1.5 text-base text-ink",
    "placeholder:text-muted aria-invalid:border-bad disabled:opacity-60",
    ...more,
  );
}
