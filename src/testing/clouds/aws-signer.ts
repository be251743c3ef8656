import { createHash, createHmac } from "node:crypto";
import { type CloudRequest, demand } from "./service.ts";

const FIVE_MINUTES = 5 * 60 * 1000;

/**
 * Who signed a request, and whether that was with a secret: made anew from what arrived.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function awsSigner(
  request: CloudRequest,
  expected: { readonly region: string; readonly service: string },
  now: number,
) {
  const { headers, method, url, body } = request;
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  const [, keyId = "", day = "", region = "", service = "", signed = "", signature = ""] = found ?? [];
  demand(found !== null, "Authorization");
  demand(region === expected.region && service === expected.service, `the scope ${region}/${service}`);
  const names = signed.split(";");
  const needed = Object.keys(headers).filter((name) => /^(?:host|content-type|x-amz-.*)$/.test(name));
  demand(
    needed.every((name) => names.includes(name)),
    "host, content-type and every x-amz- header are signed",
  );
  const time = String(headers["x-amz-date"]);
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  demand(Math.abs(Date.parse(iso) - now) <= FIVE_MINUTES && time.startsWith(day), "x-amz-date");
  const pairs = url.search.slice(1).split("&").filter(Boolean).sort();
  const lines = names.map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const canonical = `${method}\n${url.pathname}\n${pairs.join("&")}\n${lines.join("")}\n${signed}\n${hash(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${day}/${region}/${service}/aws4_request\n${hash(canonical)}`;
  return {
    keyId,
    signedWith(secret: string): boolean {
      let key = Buffer.from(`AWS4${secret}`);
      for (const part of [day, region, service, "aws4_request"]) key = createHmac("sha256", key).update(part).digest();
      return createHmac("sha256", key).update(toSign).digest("hex") === signature;
    },
  };
}
