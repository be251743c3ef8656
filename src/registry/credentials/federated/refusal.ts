import { failure, type SlipwayError } from "../../../words/error.ts";
import type { IdToken } from "./id-token.ts";

/** Why a cloud said no, in its own words, and what that comes to. */
export interface Refusal {
  /** The vendor's code; empty where it gave none. */
  readonly code: string;
  readonly message: string;
  readonly fate: /** The identity that GitHub vouches for is not the one that is trusted there. */
    | ({ readonly kind: "not-trusted" } & Pick<IdToken, "subject" | "audience">)
    /** Who it is is known, and may not do this. `right` is the vendor's name for what is missing. */
    | { readonly kind: "right-missing"; readonly right: string }
    | { readonly kind: "refused" };
}

interface Facts {
  readonly origin: string;
  readonly step: string;
  readonly host: string;
}

/** @param secrets what may not show, should the vendor quote it */
export function refusalError(refusal: Refusal, facts: Facts, secrets: readonly string[]): SlipwayError {
  const { code, message, fate } = refusal;
  const detail =
    redacted(message.startsWith(code) ? message : `${code} ${message}`, secrets) || "nothing more was said";
  switch (fate.kind) {
    case "not-trusted":
      return failure("LOGIN_NOT_TRUSTED", { ...facts, detail, subject: fate.subject, audience: fate.audience });
    case "right-missing":
      return failure("LOGIN_RIGHT_MISSING", { ...facts, detail, right: fate.right });
    case "refused":
      return failure("LOGIN_REFUSED", { ...facts, detail });
  }
}

const JSON_WEB_TOKEN = /\beyJ[\w-]*(?:\.[\w-]*){0,2}/g;
const LONGEST = 300;

/** One printable line without tokens. */
export function redacted(text: string, secrets: readonly string[]): string {
  const open = secrets.filter((secret) => secret !== "").reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
  return open
    .replace(JSON_WEB_TOKEN, "***")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST);
}
