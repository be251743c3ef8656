import { createHash } from "node:crypto";
import type { Webhook } from "../../config/slipway/serve.ts";
import { failure } from "../../words/error.ts";
import { readAliyun } from "./kinds/aliyun.ts";
import { readDistribution } from "./kinds/distribution.ts";
import { readDockerHub } from "./kinds/docker-hub.ts";
import { readGeneric } from "./kinds/generic.ts";
import { readGitHub } from "./kinds/github.ts";
import { readHarbor } from "./kinds/harbor.ts";
import { Misread, type Pushed } from "./pushed.ts";

/** The tags that a call tells of. @param id the call's own, which its signature covers. @throws HOOK_BODY_INVALID */
export function eventsOf({ name, kind }: Webhook, body: Uint8Array, id: string): readonly Pushed[] {
  try {
    const told: unknown = JSON.parse(jsonIn(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    switch (kind) {
      case "docker-hub":
        return readDockerHub(told);
      case "github":
        return readGitHub(told);
      case "harbor":
        return readHarbor(told);
      case "distribution":
        return readDistribution(told);
      case "aliyun":
        return readAliyun(told);
      case "generic":
        return readGeneric(told, id);
    }
  } catch (cause) {
    const reason = cause instanceof Misread ? cause.message : "it is no JSON";
    throw failure("HOOK_BODY_INVALID", { hook: name, kind, reason }, { cause });
  }
}

/** GitHub sends a form with the JSON in it, unless it is told otherwise. */
function jsonIn(text: string): string {
  return text.startsWith("payload=") ? (new URLSearchParams(text).get("payload") ?? "") : text;
}

/**
 * What makes an event the same one when it comes again: its own id, else the whole of what told of it, which holds the
 * time of the push or a new digest when the same tag is pushed once more.
 */
export function keyOf({ name }: Webhook, body: Uint8Array, { id, repository, tag }: Pushed): string {
  const hash = createHash("sha256");
  if (id === undefined) hash.update("body\n").update(body);
  else hash.update("id\n").update(id);
  return `hook:${hash.update(`\n${JSON.stringify([name, repository, tag])}`).digest("hex")}`;
}
