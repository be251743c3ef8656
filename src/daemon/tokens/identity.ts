import type { Role, TokenRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { hashOfToken, isSame } from "./token.ts";

/** Who asks: the name of a token, and what it may do. */
export interface Identity {
  readonly name: string;
  readonly role: Role;
}

/** A use is noted once in so many milliseconds. */
const NOTED_EVERY = 60_000;

/** Whose token this is. All of them are compared, in the same time whichever it is. */
export async function identify(
  store: Pick<Store, "tokens">,
  token: string,
  now: number,
): Promise<Identity | undefined> {
  const hash = hashOfToken(token);
  let found: TokenRecord | undefined;
  for (const record of await store.tokens.all()) if (isSame(hash, record.hash)) found = record;
  if (found === undefined) return undefined;
  if (now - (found.usedAt ?? 0) > NOTED_EVERY) await store.tokens.used(found.name, now);
  return { name: found.name, role: found.role };
}
