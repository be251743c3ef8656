import { createHmac } from "node:crypto";
import {
  type Asked,
  fieldsOf,
  isText,
  objectIn,
  type Receiver,
  type ReceiverOptions,
  type Reply,
  startReceiver,
} from "./receiver.ts";

const TOKEN = "canary-webhook-6e7f8a9b";
const TOLERANCE_SECONDS = 300;

/**
 * A program that takes messages by Standard Webhooks, and repeats in its answers what it was sent.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function startWebhook({ secret, tls }: ReceiverOptions = {}): Promise<Receiver> {
  const address = `/hooks/${TOKEN}?for=slipway`;
  return startReceiver({ address, token: TOKEN, secret, tls, judge: (asked) => judge(asked, address, secret) });
}

function judge(asked: Asked, address: string, secret: string | undefined): Reply {
  const { method, path, headers, body } = asked;
  const echo = (status: number): Reply => ({ status, body: `${address} ${secret} ${body}`, isTaken: status < 300 });
  if (method !== "POST" || path.pathname + path.search !== address) return echo(404);
  const { "webhook-id": id = "", "webhook-timestamp": seconds = "", "webhook-signature": signature = "" } = headers;
  if (id === "" || id.includes(".") || !/^\d+$/.test(seconds)) return echo(400);
  if (Math.abs(Date.now() / 1000 - Number(seconds)) > TOLERANCE_SECONDS) return echo(400);
  if (secret !== undefined && !isSigned(`${id}.${seconds}.${body}`, signature, secret)) return echo(401);
  const message = objectIn(body);
  const { type, timestamp, data } = message ?? {};
  const isRight =
    isText(type) && /^[\w-]+(?:\.[\w-]+)*$/.test(type) && isText(timestamp) && fieldsOf(data) !== undefined;
  return echo(isRight && !Number.isNaN(Date.parse(timestamp)) ? 200 : 400);
}

function isSigned(content: string, signatures: string, secret: string): boolean {
  const [, encoded] = /^whsec_(.+)$/.exec(secret) ?? [];
  const key = encoded === undefined ? Buffer.from(secret) : Buffer.from(encoded, "base64");
  const expected = `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
  return signatures.split(" ").includes(expected);
}
