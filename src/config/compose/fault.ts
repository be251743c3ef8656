import { siteText } from "../../words/en/site-text.ts";
import { fill } from "../../words/fill.ts";
import type { Field, FieldValue, LocalizedText } from "./form.ts";

export type FaultKey = Extract<keyof typeof siteText, `compose.problem.${string}`>;

/** Why a value does not hold: the words by key, with what they speak of. */
export interface Fault {
  readonly key: FaultKey;
  readonly facts: Readonly<Record<string, string | number>>;
  /** What the form itself says to it. */
  readonly message?: LocalizedText;
}

/** What is wrong with a value that is not empty. Whether an option of a choice is offered at all is another question. */
export function faultOf(field: Field, value: FieldValue): Fault | undefined {
  switch (field.type) {
    case "toggle":
      return typeof value === "boolean" ? undefined : fault("compose.problem.toggle");
    case "choice":
      return field.options.some((option) => option.value === value) ? undefined : fault("compose.problem.choice");
    case "number":
    case "port":
      return numberFault(field, value);
    default:
      return textFault(field, String(value));
  }
}

/** What is wrong, for whoever writes the form. */
export function faultReason({ key, facts }: Fault): string {
  return fill(siteText[key], facts);
}

function numberFault(field: Extract<Field, { type: "number" | "port" }>, value: FieldValue): Fault | undefined {
  if (field.type === "port") {
    const fits = typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;
    return fits ? undefined : fault("compose.problem.port");
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return fault("compose.problem.number");
  if (!(field.fractions || Number.isSafeInteger(value))) return fault("compose.problem.whole");
  if (field.min !== undefined && value < field.min) return fault("compose.problem.min", { min: field.min });
  return field.max !== undefined && value > field.max ? fault("compose.problem.max", { max: field.max }) : undefined;
}

/** What nobody sees and readers of YAML take differently: controls, other line breaks, halves of letters. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFEFF\uFFFE\uFFFF]/u;

function textFault(field: Extract<Field, { type: "text" | "secret" | "path" }>, text: string): Fault | undefined {
  if (UNSEEN.test(text.replace(/[\t\n]/g, ""))) return fault("compose.problem.control");
  if (field.type === "path") {
    if (text.includes("\n")) return fault("compose.problem.lines");
    if (field.absolute && !/^(?:\/|[A-Za-z]:[\\/])/.test(text)) return own(field, fault("compose.problem.absolute"));
  }
  if (field.type === "text") {
    const { minLength: min, maxLength: max } = field;
    const length = [...text].length;
    if (min !== undefined && length < min) return own(field, fault("compose.problem.shorter", { min, length }));
    if (max !== undefined && length > max) return own(field, fault("compose.problem.longer", { max, length }));
  }
  if (field.pattern === undefined || wholeText(field.pattern).test(text)) return undefined;
  return own(field, fault("compose.problem.pattern", { pattern: field.pattern }));
}

/** The expression that a whole text has to match. @throws SyntaxError where JavaScript does not take it */
export function wholeText(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}

function own(field: Extract<Field, { type: "text" | "secret" | "path" }>, found: Fault): Fault {
  return field.message === undefined ? found : { ...found, message: field.message };
}

function fault(key: FaultKey, facts: Fault["facts"] = {}): Fault {
  return { key, facts };
}
