import type { LoginEntry } from "../../config/slipway/logins.ts";
import type { CredentialStore } from "../../registry/credentials/index.ts";
import type { Words } from "../../words/words.ts";
import { minuteOf } from "./expiry.ts";
import { type Finding, failed, fine } from "./finding.ts";

/** Whether each login of the configuration gives a credential, and until when. It is really asked for. */
export function checkLogins(
  logins: readonly LoginEntry[],
  store: CredentialStore,
  words: Words,
): Promise<readonly Finding[]> {
  return Promise.all(logins.map((entry) => checkLogin(entry, store, words)));
}

async function checkLogin({ prefix, origin }: LoginEntry, store: CredentialStore, words: Words): Promise<Finding> {
  const [host = prefix, ...path] = prefix.split("/");
  try {
    const { ends } = await store.credential(host, path.join("/"));
    if (ends === undefined) return fine("login", words.text("doctor.login.fine", { name: prefix, origin }));
    return fine("login", words.text("doctor.login.until", { name: prefix, origin, date: minuteOf(ends) }));
  } catch (thrown) {
    return failed("login", thrown, words);
  }
}
