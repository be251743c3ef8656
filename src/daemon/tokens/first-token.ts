import type { Environment } from "../../config/variables/lookup.ts";
import type { Instant } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { failure } from "../../words/error.ts";
import { hashOfToken, makeToken } from "./token.ts";

/** The token that SLIPWAY_TOKEN sets: its name among the others. */
export const ENVIRONMENT_TOKEN = "SLIPWAY_TOKEN";
/** The token that is made on the first start. */
export const FIRST_TOKEN = "operator";

const LEAST = 24;

/**
 * Sees to it that somebody can log in, without any password that others know: SLIPWAY_TOKEN's value counts while it is
 * set; where there is no token at all, one is made and handed to `tell`, which is the only time that anybody sees it.
 * It is told before it is kept, so that a process that dies in between leaves no token that nobody knows.
 * @throws TOKEN_TOO_SHORT, STORE_UNREACHABLE
 */
export async function firstToken(
  store: Pick<Store, "tokens">,
  environment: Environment,
  at: Instant,
  tell: (token: string) => void,
): Promise<void> {
  const set = environment.SLIPWAY_TOKEN ?? "";
  if (set === "") await store.tokens.remove(ENVIRONMENT_TOKEN);
  else return keep(store, ENVIRONMENT_TOKEN, longEnough(set), at);
  if ((await store.tokens.all()).some(({ role }) => role === "operator")) return;
  const token = makeToken();
  tell(token);
  await keep(store, FIRST_TOKEN, token, at);
}

function longEnough(token: string): string {
  if (token.length >= LEAST) return token;
  throw failure("TOKEN_TOO_SHORT", { length: token.length, least: LEAST });
}

function keep(store: Pick<Store, "tokens">, name: string, token: string, createdAt: Instant): Promise<void> {
  return store.tokens.put({ name, role: "operator", hash: hashOfToken(token), createdAt });
}
