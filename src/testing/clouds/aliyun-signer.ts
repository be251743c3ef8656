import { createHash, createHmac } from "node:crypto";
import { type CloudRequest, demand } from "./service.ts";

const FIFTEEN_MINUTES = 15 * 60 * 1000;

/**
 * Who signed a request, and whether that was with a secret: made anew from what arrived.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function aliyunSigner(request: CloudRequest, now: number) {
  const { headers, method, url, body } = request;
  const found = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? "",
  );
  const [, keyId = "", signed = "", signature = ""] = found ?? [];
  demand(found !== null, "Authorization");
  const names = signed.split(";");
  const needed = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-acs-"));
  demand(
    needed.every((name) => names.includes(name)),
    "every x-acs- header is signed",
  );
  demand([...names].sort().join() === names.join(), "signed headers are sorted");
  const bodyHash = createHash("sha256").update(body).digest("hex");
  demand(headers["x-acs-content-sha256"] === bodyHash, "x-acs-content-sha256");
  demand((headers["x-acs-signature-nonce"] ?? "") !== "", "x-acs-signature-nonce");
  const off = Math.abs(Date.parse(String(headers["x-acs-date"])) - now);
  demand(off <= FIFTEEN_MINUTES, "x-acs-date");
  const pairs = url.search.slice(1).split("&").filter(Boolean).sort();
  const lines = names.map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = `${method}\n${url.pathname}\n${pairs.join("&")}\n${lines.join("")}\n${signed}\n${bodyHash}`;
  const toSign = `ACS3-HMAC-SHA256\n${createHash("sha256").update(canonical).digest("hex")}`;
  return {
    keyId,
    signedWith: (secret: string) => createHmac("sha256", secret).update(toSign).digest("hex") === signature,
  };
}
