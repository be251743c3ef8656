import type { Problem } from "./problem.ts";

/** The variable that a secret's field has in a `.env`: none that a shell may have, which would count more. */
export function variableOf(field: string): string {
  return `SECRET_${field.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}`;
}

/** How a compose file takes a variable: where it is not set, Compose stops and names it. */
export function referenceTo(variable: string): string {
  return `\${${variable}:?}`;
}

export type EnvFile =
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/**
 * A `.env` with the values of secrets, by field.
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function envFile(secrets: readonly (readonly [field: string, value: string])[]): EnvFile {
  const written = secrets.map(([field, value]) => ({ field, value: quoted(value) }));
  const problems = written
    .filter(({ value }) => value === undefined)
    .map(({ field }): Problem => ({ field, key: "compose.problem.env", facts: {} }));
  if (problems.length > 0) return { kind: "problems", problems };
  return { kind: "file", text: written.map(({ field, value }) => `${variableOf(field)}=${value}\n`).join("") };
}

/**
 * A value so that every Compose 2 reads it alike; undefined where there is no such way. Versions differ in what a
 * backslash does between single quotes, and before the quote that ends a text.
 * https://github.com/compose-spec/compose-go/blob/main/dotenv/parser.go
 */
function quoted(value: string): string | undefined {
  if (/^[^\s#$'"]+$/.test(value)) return value;
  if (!/'|\\\\|\\$/.test(value)) return `'${value}'`;
  return value.endsWith("\\") ? undefined : `"${value.replace(/[\\"$]/g, "\\$&")}"`;
}

const STATEMENT =
  /^[^\S\n]*(?:export\s+)?(?<name>[\w.-]+)[^\S\n]*[=:][^\S\n]*(?:'(?<single>(?:\\.|[^\\'])*)'|"(?<double>(?:\\.|[^\\"])*)"|(?<bare>[^\n]*))/gmsu;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** The variables of a `.env`, as Compose reads it, but for values with other variables in them. */
export function readEnvFile(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { groups = {} } of text.matchAll(STATEMENT)) {
    const { name = "", single, double, bare = "" } = groups;
    const value = single ?? (double === undefined ? bareValue(bare) : doubleValue(double));
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

function bareValue(text: string): string | undefined {
  return literalText((text.split(" #")[0] ?? "").trim());
}

function doubleValue(text: string): string | undefined {
  const unescaped = text.replace(/\\([nrt"\\$])/g, (_, sign: string) =>
    sign === "$" ? "$$" : (ESCAPES[sign] ?? sign),
  );
  return literalText(unescaped);
}

/** What Compose makes of a text in which two dollar signs are one; undefined where it holds variables. */
export function literalText(text: string): string | undefined {
  return /\$[A-Za-z_{]/.test(text.replaceAll("$$", "")) ? undefined : text.replaceAll("$$", "$");
}
