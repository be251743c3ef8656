import type { ReactNode } from "react";
import type { FieldValue, Field as FormFieldShape } from "../../../src/site/compose/form.ts";
import { defaultValues, visibleOptions } from "../../../src/site/compose/index.ts";
import { type ControlProps, Field, FieldProblem, inputClass } from "../../shared/components/field.tsx";
import { RadioCards } from "../../shared/components/radio-cards.tsx";
import { Select } from "../../shared/components/select.tsx";
import { Switch } from "../../shared/components/switch.tsx";
import { useLocal } from "../../shared/language.tsx";
import { SecretInput } from "./secret-input.tsx";
import type { Builder } from "./use-builder.ts";

export interface FormFieldProps {
  readonly field: FormFieldShape;
  readonly builder: Builder;
  readonly problem: string | undefined;
}

/** More than these are a list to open. */
const MOST_CARDS = 3;

/** One question of the form, with the control of its type. */
export function FormField({ field, builder, problem }: FormFieldProps): ReactNode {
  const local = useLocal();
  const { form, answers, act } = builder;
  const value = answers.values[field.id] ?? defaultValues(form)[field.id] ?? "";
  const change = (next: FieldValue) => act({ kind: "value", field: field.id, value: next });
  const leave = () => act({ kind: "left", field: field.id });
  const id = `field-${field.id}`;
  const help = field.help && local(field.help);
  const labelled = {
    id,
    label: local(field.label),
    help,
    problem,
    required: field.required,
    optional: !field.required,
  };
  switch (field.type) {
    case "toggle":
      return (
        <Switch
          id={id}
          label={labelled.label}
          help={help}
          checked={value === true || value === "true"}
          onChange={change}
        />
      );
    case "choice": {
      const options = visibleOptions(form, field, answers.values).map((option) => ({
        value: option.value,
        label: local(option.label),
      }));
      if (options.length > MOST_CARDS) {
        return (
          <Field {...labelled}>
            {(control) => <OpenedList {...{ control, options, value: String(value), change }} />}
          </Field>
        );
      }
      return <Cards {...{ id, label: labelled.label, help, problem, options, value: String(value), change }} />;
    }
    case "secret":
      return (
        <Field {...labelled}>
          {(control) => <SecretInput {...{ control, field, value: String(value), change, leave }} />}
        </Field>
      );
    default:
      return (
        <Field {...labelled}>
          {(control) => <TextInput {...{ control, field, value: String(value), change, leave }} />}
        </Field>
      );
  }
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface ListProps {
  readonly options: readonly Option[];
  readonly value: string;
  readonly change: (value: string) => void;
}

function OpenedList({ control, options, value, change }: ListProps & { readonly control: ControlProps }): ReactNode {
  const isKnown = options.some((option) => option.value === value);
  return (
    <Select {...control} value={isKnown ? value : ""} onChange={(event) => change(event.target.value)}>
      {isKnown || <option value="">{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

interface CardsProps extends ListProps {
  readonly id: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly problem: string | undefined;
}

function Cards({ id, label, help, problem, options, value, change }: CardsProps): ReactNode {
  const described = [help !== undefined && `${id}-help`, problem !== undefined && `${id}-problem`]
    .filter((part) => part !== false)
    .join(" ");
  return (
    <div id={id} tabIndex={-1} className="flex flex-col gap-1.5">
      <p id={`${id}-label`} className="font-medium">
        {label}
      </p>
      <RadioCards
        inline
        name={id}
        labelledBy={`${id}-label`}
        describedBy={described || undefined}
        value={value}
        onChoose={change}
        cards={options.map((option) => ({ value: option.value, title: option.label }))}
      />
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
      {help !== undefined && (
        <p id={`${id}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

export interface InputProps {
  readonly control: ControlProps;
  readonly field: FormFieldShape;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly leave: () => void;
}

function TextInput({ control, field, value, change, leave }: InputProps): ReactNode {
  const shared = {
    ...control,
    value,
    placeholder: field.placeholder,
    autoComplete: "off",
    autoCapitalize: "off",
    spellCheck: false,
    onChange: (event: { readonly target: { readonly value: string } }) => change(event.target.value),
    onBlur: leave,
  } as const;
  // An input of one line would drop the breaks of a value that came from a file.
  if (value.includes("\n")) return <textarea {...shared} rows={4} className={inputClass()} />;
  const isNumber = field.type === "port" || field.type === "number";
  return (
    <input
      {...shared}
      type="text"
      inputMode={isNumber ? "decimal" : undefined}
      className={inputClass(field.type === "path" && "font-mono text-sm", isNumber && "max-w-40 tabular-nums")}
    />
  );
}
