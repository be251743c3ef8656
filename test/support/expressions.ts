import assert from "node:assert/strict";

/** What expressions can name. */
export interface Contexts {
  readonly github: Readonly<Record<string, unknown>> & { readonly sha: string };
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Of an action that is made of steps. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }>;
  /** How the steps so far have ended. */
  readonly status: "success" | "failure";
}

type Value = string | number | boolean | null;
type Expression = (contexts: Contexts) => Value;

const TOKEN = /\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.-]*)|(&&|\|\||==|!=|[!(),]))/y;
/** A condition without one of these is for jobs that go well. */
const ABOUT_STATUS = /\b(?:success|failure|always|cancelled)\(/;
const LITERALS: Readonly<Record<string, Value>> = { true: true, false: false, null: null };
const FUNCTIONS: Readonly<Record<string, (contexts: Contexts, ...values: readonly Value[]) => Value>> = {
  success: ({ status }) => status === "success",
  failure: ({ status }) => status === "failure",
  always: () => true,
  cancelled: () => false,
  contains: (_, whole = null, part = null) => folded(whole).includes(folded(part)),
  startsWith: (_, whole = null, part = null) => folded(whole).startsWith(folded(part)),
  endsWith: (_, whole = null, part = null) => folded(whole).endsWith(folded(part)),
};

/** Text with `${{ … }}` filled in. What is not there is empty, as at GitHub; a secret has to be there. */
export function fill(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.+?)\}\}/g, (_, expression: string) => textOf(parse(expression)(contexts)));
}

/** Whether the condition of a job or step holds; without one, everything before has to have gone well. */
export function holds(condition: string | undefined, contexts: Contexts): boolean {
  const bare = condition?.trim().replace(/^\$\{\{([\s\S]+)\}\}$/, "$1") ?? "success()";
  if (!ABOUT_STATUS.test(bare) && contexts.status !== "success") return false;
  return isTrue(parse(bare)(contexts));
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/expressions */
function parse(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  const taken = (token: string) => tokens[at] === token && ++at > 0;
  const whole = alternatives();
  assert.equal(at, tokens.length, `not understood: ${text}`);
  return whole;

  function alternatives(): Expression {
    const [first, ...others] = separated("||", conjunction);
    return (contexts) => others.reduce((value, next) => (isTrue(value) ? value : next(contexts)), first(contexts));
  }

  function conjunction(): Expression {
    const [first, ...others] = separated("&&", comparison);
    return (contexts) => others.reduce((value, next) => (isTrue(value) ? next(contexts) : value), first(contexts));
  }

  function comparison(): Expression {
    const one = operand();
    if (taken("==")) return against(one, operand(), true);
    return taken("!=") ? against(one, operand(), false) : one;
  }

  function operand(): Expression {
    if (taken("!")) {
      const negated = operand();
      return (contexts) => !isTrue(negated(contexts));
    }
    if (taken("(")) {
      const inner = alternatives();
      assert.ok(taken(")"), `a parenthesis stays open: ${text}`);
      return inner;
    }
    const token = tokens[at] ?? assert.fail(`something is missing: ${text}`);
    at += 1;
    if (token.startsWith("'")) return () => token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return () => Number(token);
    if (taken("(")) return call(token);
    return token in LITERALS ? () => LITERALS[token] ?? null : (contexts) => lookUp(token, contexts);
  }

  function call(name: string): Expression {
    const called = FUNCTIONS[name] ?? assert.fail(`no such function here: ${name}`);
    const values = tokens[at] === ")" ? [] : separated(",", alternatives);
    assert.ok(taken(")"), `a call stays open: ${text}`);
    return (contexts) => called(contexts, ...values.map((value) => value(contexts)));
  }

  function separated(by: string, part: () => Expression): [Expression, ...Expression[]] {
    const parts: [Expression, ...Expression[]] = [part()];
    while (taken(by)) parts.push(part());
    return parts;
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const trimmed = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const from = TOKEN.lastIndex;
    const [token] = TOKEN.exec(trimmed) ?? assert.fail(`not understood: ${trimmed.slice(from)}`);
    tokens.push(token.trim());
  }
  return tokens;
}

function against(one: Expression, other: Expression, equal: boolean): Expression {
  return (contexts) => isEqual(one(contexts), other(contexts)) === equal;
}

/** Texts without regard to case; of two kinds, as numbers, and what is none equals nothing. */
function isEqual(one: Value, other: Value): boolean {
  if (typeof one === "string" && typeof other === "string") return folded(one) === folded(other);
  if (typeof one === typeof other) return one === other;
  return numberOf(one) === numberOf(other);
}

function numberOf(value: Value): number {
  return value === null ? 0 : Number(value);
}

function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== "";
}

function textOf(value: Value): string {
  return value === null ? "" : String(value);
}

function folded(value: Value): string {
  return textOf(value).toLowerCase();
}

function lookUp(name: string, contexts: Contexts): Value {
  assert.match(name, /^(?:github|secrets|vars|inputs|steps)(?:\.[\w-]+)+$/, `not understood: ${name}`);
  const [context, ...keys] = name.split(".");
  let value: unknown = Reflect.get(contexts, context ?? "");
  for (const key of keys) value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  assert.ok(context !== "secrets" || value !== undefined, `there is no secret ${name}`);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  assert.ok(value === undefined || value === null, `${name} is no text`);
  return null;
}
