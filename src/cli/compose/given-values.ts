import { nearestOf } from "../../config/nearest.ts";
import { readSource } from "../../config/reading/source.ts";
import type { ComposeForm, FieldValues } from "../../site/compose/form.ts";
import { visibleFields } from "../../site/compose/index.ts";
import { failure } from "../../words/error.ts";
import type { ComposeOptions } from "../compose-options.ts";
import { flagOf } from "../option.ts";
import { conditionText } from "./condition-text.ts";

/**
 * What `--set` and `--set-file` say, by field; of two values for one field the last counts.
 * @throws COMPOSE_SET_MALFORMED, COMPOSE_FIELD_UNKNOWN, COMPOSE_FIELD_MISSPELT, CONFIG_UNREADABLE
 */
export function givenValues(form: ComposeForm, { set, setFile }: ComposeOptions): FieldValues {
  const typed = set.map((text) => pairOf(text, "set"));
  const read = setFile
    .map((text) => pairOf(text, "setFile"))
    .map(([id, file]) => [id, readSource(file).text.replace(/\r?\n$/, "")] as const);
  const ids = form.fields.map(({ id }) => id);
  for (const [id] of [...typed, ...read]) {
    if (ids.includes(id)) continue;
    const [known, nearest] = [ids.join(", "), nearestOf(id, ids)];
    if (nearest === undefined) throw failure("COMPOSE_FIELD_UNKNOWN", { field: id, known });
    throw failure("COMPOSE_FIELD_MISSPELT", { field: id, nearest, known });
  }
  return Object.fromEntries([...typed, ...read]);
}

/** The value is not told in an error: it may be a secret. */
function pairOf(text: string, option: "set" | "setFile"): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0) throw failure("COMPOSE_SET_MALFORMED", { option: flagOf(option) });
  return [text.slice(0, at), text.slice(at + 1)];
}

/** That each of these fields is asked for at all. @throws COMPOSE_FIELD_UNASKED */
export function refuseUnasked(form: ComposeForm, ids: readonly string[], values: FieldValues): void {
  const asked = visibleFields(form, values);
  const field = form.fields.find((one) => ids.includes(one.id) && !asked.includes(one));
  if (field === undefined) return;
  throw failure("COMPOSE_FIELD_UNASKED", { field: field.id, condition: conditionText(field.when ?? {}) });
}
