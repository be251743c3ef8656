import { typedAnswer } from "../../config/compose/answer.ts";
import { faultOf } from "../../config/compose/fault.ts";
import { escaped } from "./capture.ts";
import { holds as holdsFor, type Settled } from "./conditions.ts";
import { literalText } from "./env-file.ts";
import type { ComposeForm, Condition, Field, FieldValue } from "./form.ts";
import { type Match, match } from "./match.ts";
import type { Plain } from "./render.ts";

/** A match, and the choices and switches under which the template is most like the file. */
export interface Likeliest extends Match {
  readonly chosen: Settled;
}

type Deciding = Extract<Field, { readonly type: "choice" | "toggle" }>;

/** More rounds change nothing in forms whose choices hang together in chains as long as people make them. */
const ROUNDS = 4;

/**
 * Compares a file with the template under the choices that suit it best: from the usual ones on, one is changed after the
 * other for as long as that makes the two more alike.
 */
export function likeliestMatch(form: ComposeForm, file: Plain): Likeliest {
  const deciding = form.fields.filter(isDeciding);
  let choice = new Map<string, FieldValue>(deciding.map((field) => [field.id, field.default]));
  let best = under(form, choice, file);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = best;
    for (const field of deciding) {
      for (const value of valuesOf(field)) {
        const other = new Map(choice).set(field.id, value);
        const found = under(form, other, file);
        if (found.score > best.score) [choice, best] = [other, found];
      }
    }
    if (best === before) break;
  }
  return best;
}

function under(form: ComposeForm, choice: Settled, file: Plain): Likeliest {
  const fields = new Map(form.fields.map((field) => [field.id, field]));
  const chosen = new Map<string, FieldValue>();
  const hidden = new Set<string>();
  /** Whether a condition holds, as far as it hangs on choices alone. */
  const holds = (condition: Condition | undefined): boolean | undefined => {
    const isKnown = ([id]: readonly [string, unknown]) => hidden.has(id) || isDeciding(fields.get(id));
    const [known, unknown] = [true, false].map((side) =>
      Object.entries(condition ?? {}).filter((entry) => isKnown(entry) === side),
    );
    if (!holdsFor(Object.fromEntries(known ?? []), chosen)) return false;
    return unknown?.length === 0 ? true : undefined;
  };
  for (const field of form.fields) {
    const value = choice.get(field.id);
    if (holds(field.when) === false) hidden.add(field.id);
    else if (value !== undefined) chosen.set(field.id, value);
  }
  const expected = (name: string) => {
    const field = fields.get(name);
    if (field === undefined) return "\\S+";
    if (hidden.has(name)) return undefined;
    if (isDeciding(field)) return escaped(String(chosen.get(name)).replaceAll("$", "$$$$"));
    return field.type === "port" || field.type === "number" ? "-?\\d+(?:\\.\\d+)?" : ".+?";
  };
  const fits = (name: string, text: string) => {
    const [field, value] = [fields.get(name), literalText(text)];
    return field === undefined || value === undefined || faultOf(field, typedAnswer(field, value)) === undefined;
  };
  return { ...match(form.template, file, { expected, fits, holds }), chosen };
}

function valuesOf(field: Deciding): readonly FieldValue[] {
  return field.type === "toggle" ? [true, false] : field.options.map(({ value }) => value);
}

function isDeciding(field: Field | undefined): field is Deciding {
  return field?.type === "choice" || field?.type === "toggle";
}
