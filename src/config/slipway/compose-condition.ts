import { typedAnswer } from "../compose/answer.ts";
import { faultOf } from "../compose/fault.ts";
import type { Condition, Field } from "../compose/form.ts";
import { nearestOf } from "../nearest.ts";
import { Refusal } from "../refusal.ts";
import type { WrittenCondition } from "../schema/compose.ts";

/** The fields that a condition may speak of. */
export type KnownFields = ReadonlyMap<string, Field>;

/**
 * Reads a condition with values as its fields have them.
 * @throws Refusal with the reason: an unknown field, or a value that it never has
 */
export function readCondition(written: WrittenCondition, known: KnownFields): Condition {
  return Object.fromEntries(
    Object.entries(written).map(([id, wanted]) => {
      const field = known.get(id);
      if (field === undefined) throw new Refusal(unknownField(id, [...known.keys()]));
      if ("set" in wanted) return [id, { set: wanted.set }];
      return [id, wanted.map((text) => possible(field, text))];
    }),
  );
}

function possible(field: Field, text: string) {
  const value = typedAnswer(field, text);
  if (field.type === "secret") throw new Refusal(`${field.id} is a secret: only \`set\` can be asked of it`);
  if (faultOf(field, value) !== undefined) throw new Refusal(`${field.id} is never ${text}`);
  return value;
}

export function unknownField(id: string, known: readonly string[]): string {
  const nearest = nearestOf(id, known);
  return `there is no field ${id} before it${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
}
