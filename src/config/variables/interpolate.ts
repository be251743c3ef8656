import { failure, SlipwayError } from "../../words/error.ts";
import { formatPlace, type Place } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import type { Entry, Scalar, Tree } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import type { Lookup } from "./lookup.ts";
import { parseTemplate, type Template } from "./template.ts";

/** Keys whose values no one else may see. A `key` of a host is the path of one; its text is known by its form. */
const SECRET_KEYS: ReadonlySet<string> = new Set(["password", "azureBlob"]);
/**
 * Keys of some parts of the file alone; elsewhere these may be names that somebody chose. Whoever knows a channel's address may
 * post there, and whoever knows a caller's secret may call.
 */
const SECRET_KEYS_OF: ReadonlyMap<string | undefined, ReadonlySet<string>> = new Map([
  ["notify", new Set(["feishu", "dingtalk", "wecom", "slack", "webhook", "smtp", "secret"])],
  ["serve", new Set(["secret"])],
]);

/** @param section the key at the top of the file that leads there */
export function isSecretKey(key: string, section: string | undefined): boolean {
  return SECRET_KEYS.has(key) || SECRET_KEYS_OF.get(section)?.has(key) === true;
}
/** One without the other is no login. */
const LOGIN_KEYS: ReadonlySet<string> = new Set(["username", "password"]);

/**
 * What becomes of a secret whose variable or file is not there. `problem`: it is one. `no-logins`: user names and
 * passwords are as if they had not been written, and secrets of channels and callers stay as they are written, for work that
 * logs in nowhere: continuous integration of a fork has no secrets. `unwritten`: those, and other secrets stay as they are
 * written, for work that only reads the configuration.
 */
export type Absent = "problem" | "no-logins" | "unwritten";

/**
 * The tree with variables put in (in values, not in keys). What came from a file is secret, and so is everything under
 * a key for secrets. A value that cannot be made stays as it was written, and is a problem.
 */
export function interpolate(
  tree: Tree,
  lookup: Lookup,
  problems: Problems,
  absent: Absent = "problem",
  within: Within = { secret: false },
): Tree {
  const { secret, section } = within;
  if (tree.kind === "list") {
    return { ...tree, items: tree.items.map((item) => interpolate(item, lookup, problems, absent, within)) };
  }
  if (tree.kind === "mapping") {
    const written = absent === "problem" ? tree.entries : withLogins(tree.entries, lookup);
    const entries = written.map((entry): Entry => {
      const inside = { secret: secret || isSecretKey(entry.key, section), section: section ?? entry.key };
      const stays = absent === "unwritten" || (absent === "no-logins" && SECRET_KEYS_OF.has(inside.section));
      if (stays && inside.secret && isAbsent(entry.value, lookup)) return entry;
      return { ...entry, value: interpolate(entry.value, lookup, problems, absent, inside) };
    });
    return { ...tree, entries };
  }
  return { ...(problems.attempt(() => fillIn(tree, lookup)) ?? tree), ...(secret && { secret }) };
}

interface Within {
  readonly secret: boolean;
  readonly section?: string;
}

/** The entries, without a login of which something is not there. */
function withLogins(entries: readonly Entry[], lookup: Lookup): readonly Entry[] {
  const isCut = entries.some(({ key, value }) => LOGIN_KEYS.has(key) && isAbsent(value, lookup));
  return isCut ? entries.filter(({ key }) => !LOGIN_KEYS.has(key)) : entries;
}

const ABSENT: readonly string[] = ["CONFIG_VARIABLE_MISSING", "CONFIG_VARIABLE_REQUIRED", "CONFIG_FILE_UNREADABLE"];

function isAbsent(tree: Tree, lookup: Lookup): boolean {
  if (tree.kind !== "scalar") return false;
  try {
    fillIn(tree, lookup);
    return false;
  } catch (error) {
    return error instanceof SlipwayError && ABSENT.includes(error.code);
  }
}

function fillIn(scalar: Scalar, lookup: Lookup): Scalar {
  const { text, place } = scalar;
  if (text === null || !text.includes("$")) return scalar;
  const template = templateAt(text, place);
  const fromFile = template.some((part) => part.kind === "file");
  return { ...scalar, text: evaluate(template, lookup, place), ...(fromFile && { secret: true }) };
}

function templateAt(text: string, place: Place): Template {
  try {
    return parseTemplate(text);
  } catch (cause) {
    throw failure("CONFIG_VARIABLE_SYNTAX", { where: formatPlace(place), reason: refusalReason(cause) }, { cause });
  }
}

function evaluate(template: Template, lookup: Lookup, place: Place): string {
  const where = formatPlace(place);
  const values = template.map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind === "file") return readAt(part.path, lookup, where);
    const value = lookup.variable(part.name);
    if (part.fallback !== undefined) return value || evaluate(part.fallback, lookup, place);
    if (part.needed !== undefined && !value) {
      throw failure("CONFIG_VARIABLE_REQUIRED", { where, name: part.name, reason: part.needed });
    }
    if (value === undefined) throw failure("CONFIG_VARIABLE_MISSING", { where, name: part.name });
    return value;
  });
  return values.join("");
}

function readAt(file: string, lookup: Lookup, where: string): string {
  try {
    return lookup.file(file).replace(/\r?\n$/, "");
  } catch (cause) {
    throw failure("CONFIG_FILE_UNREADABLE", { where, file, reason: refusalReason(cause) }, { cause });
  }
}
