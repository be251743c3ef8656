import { ASSET_OPERATIONS } from "./asset-operations.ts";
import type { AnyOperation } from "./operation.ts";
import { RELEASE_OPERATIONS } from "./release-operations.ts";
import { REPOSITORY_OPERATIONS } from "./repository-operations.ts";
import type { State } from "./state.ts";

export interface Match {
  readonly operation: AnyOperation;
  readonly path: Readonly<Record<string, string>>;
}

/** Which repository a request names: this one, by its old name, or another. */
export type Named = "this" | "former" | "other";

/** `releases/latest` and `releases/tags/…` come before what would take their words for a number. */
const ROUTES = [...RELEASE_OPERATIONS, ...ASSET_OPERATIONS, ...REPOSITORY_OPERATIONS].map((operation) => ({
  operation,
  pattern: patternOf(operation.path),
}));

/** @param path without the base of the API; `/repositories/1/…` is the same as `/repos/owner/name/…` */
export function route(state: State, at: AnyOperation["at"], method: string, path: string): Match | undefined {
  const named = path.replace(
    new RegExp(`^/repositories/${state.repositoryId}(?=/|$)`),
    `/repos/${state.owner}/${state.name}`,
  );
  for (const { operation, pattern } of ROUTES) {
    const found = operation.at === at && operation.method === method ? pattern.exec(named) : null;
    if (found !== null) return { operation, path: decoded(found.groups ?? {}) };
  }
  return undefined;
}

/** Names are compared without regard to case, as GitHub does; what names none is of the server that has this one alone. */
export function namedBy({ path }: Match, state: State): Named {
  if (path.owner === undefined) return "this";
  const name = `${path.owner}/${path.repo}`.toLowerCase();
  if (name === `${state.owner}/${state.name}`.toLowerCase()) return "this";
  return name === state.formerName?.toLowerCase() ? "former" : "other";
}

function patternOf(path: string): RegExp {
  const pattern = path.replace(/\{(\+?)(\w+)\}/g, (_, plus: string, name: string) =>
    plus === "" ? `(?<${name}>[^/]+)` : `(?<${name}>.+)`,
  );
  return new RegExp(`^${pattern}$`);
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
