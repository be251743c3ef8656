import assert from "node:assert/strict";

/** What expressions can name. */
export interface Contexts {
  readonly github: Readonly<Record<string, unknown>> & { readonly sha: string };
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }>;
}

/** Text with `${{ … }}` filled in. What is not there is empty, as at GitHub; a secret has to be there. */
export function fill(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => lookUp(name, contexts));
}

/** Whether a condition of comparisons joined by `&&` holds. */
export function holds(condition: string, contexts: Contexts): boolean {
  return condition.split("&&").every((comparison) => {
    const [one, other, ...more] = comparison.split("==").map((side) => side.trim());
    assert.ok(one !== undefined && other !== undefined && more.length === 0, `not understood: ${comparison}`);
    return operand(one, contexts) === operand(other, contexts);
  });
}

function operand(text: string, contexts: Contexts): string {
  return /^'(.*)'$/.exec(text)?.[1] ?? lookUp(text, contexts);
}

function lookUp(name: string, contexts: Contexts): string {
  assert.match(name, /^(?:github|secrets|vars|steps)(?:\.\w+)+$/, `not understood: ${name}`);
  const [context, ...keys] = name.split(".");
  let value: unknown = Reflect.get(contexts, context ?? "");
  for (const key of keys) value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  assert.ok(context !== "secrets" || value !== undefined, `there is no secret ${name}`);
  return value === undefined || value === null ? "" : String(value);
}
