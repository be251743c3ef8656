import { createHmac } from "node:crypto";

/**
 * Feishu signs nothing with a key that is made of the time and the secret: `<seconds>\n<secret>`.
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export function feishuSign(seconds: number, secret: string): string {
  return createHmac("sha256", `${seconds}\n${secret}`).update("").digest("base64");
}

/**
 * DingTalk signs `<milliseconds>\n<secret>` with the secret.
 * https://open.dingtalk.com/document/robots/customize-robot-security-settings
 */
export function dingtalkSign(milliseconds: number, secret: string): string {
  return createHmac("sha256", secret).update(`${milliseconds}\n${secret}`).digest("base64");
}

const PREFIX = "whsec_";

/**
 * The signature of Standard Webhooks: id, seconds and body, joined by full stops. A secret that begins with `whsec_` is
 * the base64 of the key; any other is the key itself.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function webhookSignature(id: string, seconds: number, body: string | Uint8Array, secret: string): string {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : secret;
  return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.`).update(body).digest("base64")}`;
}
