/**
 * Whether an `if` lets through only what one of its conjuncts says: `test` holds for some part of each alternative.
 * Only `&&`, `||` and parentheses are understood; anything else is a part.
 */
export function requires(condition: string | undefined, test: (part: string) => boolean): boolean {
  if (condition === undefined) return false;
  const text = bare(condition);
  const alternatives = splitAt(text, "||");
  if (alternatives.length > 1) return alternatives.every((alternative) => requires(alternative, test));
  const conjuncts = splitAt(text, "&&");
  if (conjuncts.length > 1) return conjuncts.some((conjunct) => requires(conjunct, test));
  return test(text);
}

/** Whether a step or a job runs though something before it failed. */
export function runsAnyway(condition: string | undefined): boolean {
  return condition !== undefined && /\b(?:always|failure|cancelled)\s*\(\s*\)/.test(condition);
}

const NOT_ON_PULL_REQUESTS: readonly RegExp[] = [
  /^github\.event_name\s*!=\s*'pull_request'$/,
  /^github\.event_name\s*==\s*'(?!pull_request)\w+'$/,
  /^github\.ref\s*==\s*'refs\/(?:heads|tags)\//,
  /^startsWith\(\s*github\.ref\s*,\s*'refs\/(?:heads|tags)\//,
  /^github\.ref_type\s*==\s*'tag'$/,
  /^github\.ref_name\s*==\s*'/,
  /^github\.event\.pull_request\s*==\s*null$/,
  /^!\s*github\.event\.pull_request$/,
  /^github\.event\.pull_request\.merged(?:\s*==\s*true)?$/,
  /^false$/,
];

/** Whether a condition keeps pull requests out. */
export function keepsPullRequestsOut(condition: string | undefined): boolean {
  return requires(condition, (part) => NOT_ON_PULL_REQUESTS.some((pattern) => pattern.test(part)));
}

function bare(condition: string): string {
  const text = condition.trim();
  const inner = /^\$\{\{([\s\S]*)\}\}$/.exec(text)?.[1];
  if (inner !== undefined && !inner.includes("${{")) return bare(inner);
  return text.startsWith("(") && closing(text) === text.length - 1 ? bare(text.slice(1, -1)) : text;
}

/** The offset of the parenthesis that closes the first. */
function closing(text: string): number {
  let depth = 0;
  let quoted = false;
  for (const [at, sign] of [...text].entries()) {
    if (sign === "'") quoted = !quoted;
    if (quoted) continue;
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function splitAt(text: string, operator: "&&" | "||"): readonly string[] {
  const parts: string[] = [];
  let [depth, begin, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    if (quoted) continue;
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(begin, at));
      begin = at + operator.length;
      at += 1;
    }
  }
  return [...parts, text.slice(begin)];
}
