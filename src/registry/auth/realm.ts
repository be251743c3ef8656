import { failure } from "../../words/error.ts";

/**
 * Token servers that belong to a registry of another name. Whoever holds credentials for one of these is used to giving
 * them there; for any other pair a person has to say so (`realm` under `hosts:`).
 */
const KNOWN_PAIRS: readonly (readonly [registry: RegExp, realm: RegExp])[] = [
  [/^(registry-1\.)?docker\.io$/, /^auth\.docker\.io$/],
  [/^registry\.gitlab\.com$/, /^gitlab\.com$/],
  [
    /^registry(-vpc|-internal)?\.[a-z0-9-]+\.aliyuncs\.com$/,
    /^dockerauth(-vpc|-internal|-inner)?\.[a-z0-9-]+\.aliyuncs\.com$/,
  ],
  [
    /^[a-z0-9-]+-registry(-vpc)?\.[a-z0-9-]+\.cr\.aliyuncs\.com$/,
    /^dockerauth(-ee)?(-vpc)?\.[a-z0-9-]+\.aliyuncs\.com$/,
  ],
  [/^nvcr\.io$/, /^(authn\.nvidia\.com|nvcr\.io)$/],
  [/^([a-z0-9-]+\.)?icr\.io$/, /^([a-z0-9-]+\.)?icr\.io$/],
];

export interface RealmRequest {
  /** The registry's name and the address that it is really asked at. */
  readonly host: string;
  readonly base: URL;
  readonly realm: string;
  /** What the configuration allows besides. */
  readonly allowed?: string;
  /** Whether a credential would be sent. */
  readonly secret: boolean;
}

/**
 * Where a token may be asked for. A registry names the address itself, so a bad one could have credentials sent anywhere.
 * @throws REALM_REFUSED with the reason
 */
export function checkRealm({ host, base, realm, allowed, secret }: RealmRequest): URL {
  const refuse = (reason: string) => failure("REALM_REFUSED", { host, realm: realm.slice(0, 200), reason });
  if (!URL.canParse(realm)) throw refuse("it is not a URL");
  const url = new URL(realm);
  if (allowed !== undefined && URL.canParse(allowed) && sameBeginning(url, new URL(allowed))) return url;
  if (url.username !== "" || url.password !== "") throw refuse("it holds a user name");
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("it is not an HTTP address");
  if (url.protocol === "http:" && base.protocol === "https:") throw refuse("it is plain HTTP");
  if (url.hostname === base.hostname) return url;
  if (url.protocol === "http:") throw refuse("it is plain HTTP on another host");
  if (KNOWN_PAIRS.some(([registry, known]) => registry.test(host) && known.test(url.hostname))) return url;
  if (secret) throw refuse("it is not known to belong to this registry");
  return url;
}

function sameBeginning(url: URL, allowed: URL): boolean {
  return url.origin === allowed.origin && url.pathname.startsWith(allowed.pathname);
}
