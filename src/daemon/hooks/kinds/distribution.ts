import * as z from "zod";
import { isManifestType } from "../../../oci/media-types.ts";
import type { Pushed } from "../pushed.ts";
import { hostIn, read } from "../read.ts";

const eventSchema = z.object({
  id: z.string().nullish(),
  action: z.string(),
  target: z
    .object({
      mediaType: z.string().nullish(),
      repository: z.string().nullish(),
      tag: z.string().nullish(),
      url: z.string().nullish(),
    })
    .nullish(),
  request: z.object({ host: z.string().nullish() }).nullish(),
});

const envelopeSchema = z.object({ events: z.array(eventSchema) });

/**
 * What a registry of the CNCF's Distribution has been told: of many events those that put a manifest under a tag. Azure's
 * registry sends one such event, without the envelope.
 * https://distribution.github.io/distribution/about/notifications/
 * https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference
 */
export function readDistribution(body: unknown): readonly Pushed[] {
  const isEnvelope = typeof body === "object" && body !== null && "events" in body;
  const events = isEnvelope ? read(body, envelopeSchema).events : [read(body, eventSchema)];
  return events.flatMap(({ id, action, target, request }): readonly Pushed[] => {
    if (action !== "push" || !target?.tag || !target.repository || !isManifestType(target.mediaType ?? "")) return [];
    const host = target.url ? hostIn(target.url) : (request?.host ?? "").toLowerCase();
    const { repository, tag } = target;
    return [{ registry: { kind: "own-name", host }, repository, tag, ...(typeof id === "string" && { id }) }];
  });
}
