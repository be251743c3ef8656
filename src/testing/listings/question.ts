import type { Access } from "../registry/access.ts";
import type { Incoming } from "../registry/answer.ts";
import type { State } from "../registry/state.ts";
import type { ListedTag, ListingOptions } from "./options.ts";

/** One question to a registry's own API. */
export interface Question {
  readonly state: State;
  readonly options: ListingOptions;
  readonly incoming: Incoming;
  /** Lets the request pass as the registry itself would. @throws UNAUTHORIZED, DENIED */
  readonly guard: (needed: readonly Access[]) => void;
}

/** What the list says of a repository, newest last; undefined where there is no such repository. */
export function listedTags({ state, options }: Question, repository: string): readonly ListedTag[] | undefined {
  const shown = state.content.repositories.get(repository);
  if (shown === undefined) return undefined;
  return options.says?.(shown.tags) ?? [...shown.tags];
}

/** The number of a page from 1 on, and how many entries it has: no more than `most`. */
export function pageOf({ incoming }: Question, sizeKey: string, most: number): { page: number; size: number } {
  const query = incoming.url.searchParams;
  const size = Number(query.get(sizeKey) ?? 10);
  return { page: Number(query.get("page") ?? 1), size: Math.min(size, most) };
}

export function isPublic({ state: { options } }: Question, repository: string): boolean {
  const { auth } = options;
  return auth === undefined || auth.kind === "none" || auth.allow?.(undefined, repository, "pull") === true;
}
