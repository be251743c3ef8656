import * as z from "zod";
import { parseTagRule } from "../../metadata/parse-tag-rule.ts";
import { parsePlatform } from "../../oci/platform.ts";
import { parseBytes, parseRate } from "../bytes.ts";
import { parsePrefix } from "../credentials.ts";
import { parseDuration } from "../duration.ts";
import { Refusal, refusalReason } from "../refusal.ts";
import { parseImageSpec } from "../tags/image-spec.ts";
import { parseTagPattern } from "../tags/tag-pattern.ts";
import { parseVersionRange } from "../tags/version.ts";
import { isVersionSlot, slotsIn, VERSION_SLOTS } from "../version-slots.ts";

/** What editors may offer or refuse while someone writes; every text may hold variables instead. */
type EditorHints = Readonly<Record<string, unknown>>;

const VARIABLE = "\\$\\{.+\\}";

/** A scalar that `read` makes something of, or refuses. All scalars come as text: variables are text, too. */
function scalar<T>(read: (text: string) => T, hints: EditorHints = {}) {
  return z
    .string()
    .transform((text, context): T => {
      try {
        return read(text);
      } catch (thrown) {
        context.addIssue({ code: "custom", message: refusalReason(thrown) });
        return z.NEVER;
      }
    })
    .meta(hints);
}

/** A scalar that stays text when `check` does not refuse it. */
export function checked(check: (text: string) => unknown, hints: EditorHints = {}) {
  return scalar((text) => {
    check(text);
    return text;
  }, hints);
}

export const text = () =>
  checked((value) => {
    if (value === "") throw new Refusal("it is empty");
  });

/** Names of parts of a version in double braces, and no others. */
export function refuseUnknownSlot(value: string): void {
  const unknown = slotsIn(value).find((slot) => !isVersionSlot(slot));
  if (unknown === undefined) return;
  throw new Refusal(`{{${unknown}}} stands for nothing here; known are ${VERSION_SLOTS.join(", ")}`);
}

/** Text that may hold `{{version}}` and its parts, and is not refused by `check` either. */
export const versioned = (check: (text: string) => unknown = () => undefined) =>
  checked((value) => {
    if (value === "") throw new Refusal("it is empty");
    refuseUnknownSlot(value);
    check(value);
  });

export const flag = () =>
  scalar(
    (value) => {
      if (value !== "true" && value !== "false") throw new Refusal("expected true or false");
      return value === "true";
    },
    { type: ["boolean", "string"], pattern: `^(true|false)$|${VARIABLE}` },
  );

/** A number from `least` on; whole, unless fractions are allowed. */
export const amount = (least: number, fractions = false) =>
  scalar(
    (value) => {
      const number = Number(value);
      const fits = value.trim() !== "" && Number.isFinite(number) && number >= least;
      if (!fits || !(fractions || Number.isSafeInteger(number))) {
        throw new Refusal(`expected a ${fractions ? "" : "whole "}number from ${least}`);
      }
      return number;
    },
    { type: [fractions ? "number" : "integer", "string"], minimum: least, pattern: `^[0-9.]+$|${VARIABLE}` },
  );

export const bytes = () =>
  scalar(parseBytes, { type: ["integer", "string"], minimum: 1, pattern: `^[0-9.]+ *([KMG]i?)?B?$|${VARIABLE}` });

/** Milliseconds. */
export const duration = () => scalar(parseDuration, { pattern: `^([0-9.]+ *(ms|s|m|h|d) *)+$|${VARIABLE}` });

/** Bytes a second; 0 for `none`. */
export const rateOrNone = () =>
  scalar((value) => (/^(0|none)$/.test(value) ? 0 : parseRate(value)), {
    type: ["integer", "string"],
    minimum: 0,
    pattern: `^none$|^[0-9.]+ *([KMG]i?)?B?(/s)?$|${VARIABLE}`,
  });

/** One of these words. */
export const oneOf = <Word extends string>(words: readonly Word[]) =>
  scalar(
    (value): Word => {
      const found = words.find((word) => word === value);
      if (found === undefined) throw new Refusal(`expected one of ${words.join(", ")}`);
      return found;
    },
    { pattern: `^(${words.join("|")})$|${VARIABLE}` },
  );

/** Images of a repository; stays text, because it may begin with the name of one of `registries:`. */
export const imageSpec = () => checked(parseImageSpec);

/** Numbers are tags, too: 1.10 is taken as it is written. */
export const tagPattern = () => checked(parseTagPattern, { type: ["string", "number"] });

/** A rule for tags, by docker/metadata-action's grammar or as a bare template. */
export const tagRule = () => scalar(parseTagRule, { type: ["string", "number"] });

export const versionRange = () => checked(parseVersionRange, { type: ["string", "number"] });

/** A registry, or a registry and the first parts of repositories. */
export const prefix = () => checked(parsePrefix);

export const platform = () => scalar(parsePlatform);

export const url = () =>
  checked((value) => {
    if (!/^https?:$/.test(URL.parse(value)?.protocol ?? "")) throw new Refusal("expected an http or https address");
  });

/** Keys that are known, and no others; the message of an unknown one lists them. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? known : undefined) });
}

/** One thing, or a list of such; always read as a list. */
export function oneOrMore<Item extends z.ZodType>(item: Item, what: string) {
  const list = z.array(item).min(1, "the list is empty");
  return z.union([item.transform((one) => [one]), list], { error: `expected ${what} or a list of such` });
}
