import picomatch from "picomatch";
import { RE2JS, RE2JSException } from "re2js";
import { isTag } from "../../oci/reference.ts";
import { Refusal } from "../refusal.ts";

/** Whether a tag is meant. */
export type TagTest = (tag: string) => boolean;

/**
 * Reads what stands for tags wherever tags are asked for:
 * - `1.2.3`: that tag. No tag holds a character that is special in the other two.
 * - `/^v1\./`: a regular expression, RE2's, which is found anywhere in a tag unless it has anchors.
 *   https://github.com/google/re2/wiki/Syntax
 * - `1.*`, `*-rc?`, `{1,2}.0`: a glob, which has to match the whole tag.
 * @throws Refusal
 */
export function parseTagPattern(text: string): TagTest {
  if (isTag(text)) return (tag) => tag === text;
  const expression = expressionOf(text);
  if (expression !== undefined) return compileExpression(expression);
  if (!/[*?[\]{}]/.test(text)) throw new Refusal(`"${text}" is neither a tag nor a glob nor a /regular expression/`);
  const matches = picomatch(text, { dot: true, nonegate: true });
  return (tag) => matches(tag);
}

/** What is between the slashes of `/…/`; undefined when it is not written so. */
export function expressionOf(text: string): string | undefined {
  return text.length > 2 && text.startsWith("/") && text.endsWith("/") ? text.slice(1, -1) : undefined;
}

/** @throws Refusal */
function compileExpression(expression: string): TagTest {
  try {
    const compiled = RE2JS.compile(expression);
    return (tag) => compiled.matcher(tag).find();
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw new Refusal(`/${expression}/ is not a regular expression: ${cause.message}`, { cause });
  }
}
