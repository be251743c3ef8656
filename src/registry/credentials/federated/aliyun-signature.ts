import { createHash, createHmac } from "node:crypto";

export interface AliyunKeys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of temporary keys. */
  readonly securityToken?: string;
}

export interface AliyunRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** Names in small letters: `x-acs-action`, `x-acs-version`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ALGORITHM = "ACS3-HMAC-SHA256";

/**
 * The headers of a request with Alibaba Cloud's signature V3.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 * @param date of the request, which is refused when it is off by 15 minutes
 * @param nonce never used before
 */
export function signedForAliyun(
  { method, url, headers, body }: AliyunRequest,
  { accessKeyId, accessKeySecret, securityToken }: AliyunKeys,
  { date, nonce }: { readonly date: Date; readonly nonce: string },
): Readonly<Record<string, string>> {
  const bodyHash = sha256(body);
  const all: Readonly<Record<string, string>> = {
    ...headers,
    host: url.host,
    "x-acs-content-sha256": bodyHash,
    "x-acs-date": date.toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": nonce,
    ...(securityToken !== undefined && { "x-acs-security-token": securityToken }),
  };
  const names = Object.keys(all)
    .filter((name) => /^(?:host|content-type|x-acs-.*)$/.test(name))
    .sort();
  const lines = names.map((name) => `${name}:${(all[name] ?? "").trim()}\n`).join("");
  const canonical = [method, url.pathname, canonicalQuery(url.searchParams), lines, names.join(";"), bodyHash].join(
    "\n",
  );
  const signature = createHmac("sha256", accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest("hex");
  const authorization = `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${names.join(";")},Signature=${signature}`;
  return { ...all, authorization };
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
}

/** https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
