import { typedAnswer } from "../../config/compose/answer.ts";
import type { Answers, Edition } from "./answers.ts";
import { answerFault } from "./checks.ts";
import { answerOf, defaultValues, settle } from "./fields.ts";
import type { ComposeForm, Field, FieldValue, FieldValues } from "./form.ts";
import { isEdition } from "./images.ts";

const VERSION = "1";
/** Before a field's id, so that no field is taken for something else. */
const FIELD = ".";
/** Longer ones make no link that anybody can send. */
const LONGEST = 1000;

/** What a link brought along; what is left out is as if nobody had answered it. */
export type SharedAnswers = Partial<Omit<Answers, "values">> & { readonly values: FieldValues };

/**
 * Answers as the fragment of an address, without `#`; only what differs from the form's own. Secrets are not among them, nor
 * is an address with a login in it.
 */
export function encodeLink(form: ComposeForm, answers: Answers): string {
  const { edition, source, secrets } = answers;
  const link = new URLSearchParams({ v: VERSION, source });
  if (edition.kind === "tag") link.set("tag", edition.tag);
  else link.set("digest", edition.digest);
  if (secrets === "env") link.set("secrets", secrets);
  for (const [id, value] of Object.entries(shareableValues(form, answers.values))) link.set(FIELD + id, String(value));
  return link.toString();
}

/** Reads a fragment, with or without `#`. What the form does not know, or what does not hold, is left out. */
export function decodeLink(form: ComposeForm, fragment: string): SharedAnswers {
  const link = new URLSearchParams(fragment.replace(/^#/, ""));
  if (link.get("v") !== VERSION) return { values: {} };
  const [source, secrets, edition] = [link.get("source"), link.get("secrets"), editionIn(link)];
  const given: FieldValues = Object.fromEntries(
    form.fields.flatMap((field): readonly (readonly [string, FieldValue])[] => {
      const text = link.get(FIELD + field.id);
      return text === null || !isShareable(field, text) ? [] : [[field.id, typedAnswer(field, text)]];
    }),
  );
  const settled = settle(form, given);
  const wrong = form.fields.filter((field) => {
    const value = given[field.id];
    return value !== undefined && answerFault(field, value, settled) !== undefined;
  });
  return {
    ...(source !== null && { source }),
    ...(edition !== undefined && { edition }),
    ...(secrets === "env" && { secrets }),
    values: Object.fromEntries(Object.entries(given).filter(([id]) => !wrong.some((field) => field.id === id))),
  };
}

/** Values that others may see and a browser may keep: those that differ from the form's own, without secrets. */
export function shareableValues(form: ComposeForm, values: FieldValues): FieldValues {
  const defaults = defaultValues(form);
  return Object.fromEntries(
    form.fields.flatMap((field): readonly (readonly [string, FieldValue])[] => {
      const value = answerOf(field, values);
      return value === defaults[field.id] || !isShareable(field, String(value)) ? [] : [[field.id, value]];
    }),
  );
}

function isShareable(field: Field, text: string): boolean {
  return field.type !== "secret" && text.length <= LONGEST && !/:\/\/[^/\s]*@/.test(text);
}

function editionIn(link: URLSearchParams): Edition | undefined {
  const [tag, digest] = [link.get("tag"), link.get("digest")];
  const edition: Edition | undefined =
    digest !== null ? { kind: "digest", digest } : tag !== null ? { kind: "tag", tag } : undefined;
  return edition !== undefined && isEdition(edition) ? edition : undefined;
}
