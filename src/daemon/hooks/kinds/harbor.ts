import * as z from "zod";
import type { Pushed } from "../pushed.ts";
import { hostIn, read } from "../read.ts";

const pushSchema = z.object({
  resources: z.array(z.object({ tag: z.string().nullish(), resource_url: z.string().nullish() })),
  repository: z.object({ repo_full_name: z.string() }),
});

const schema = z.object({
  type: z.string(),
  id: z.string().nullish(),
  event_data: z.unknown().optional(),
  data: z.unknown().optional(),
});

/**
 * A push to Harbor, in its own format or as a CloudEvent; other events tell of none. An index that was pushed without a
 * tag has its digest in place of one.
 * https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/configure-webhooks/
 */
export function readHarbor(body: unknown): readonly Pushed[] {
  const event = read(body, schema);
  if (event.type !== "PUSH_ARTIFACT" && event.type !== "harbor.artifact.pushed") return [];
  const { resources, repository } = read(event.event_data ?? event.data, pushSchema);
  return resources.map(({ tag, resource_url: url }) => ({
    registry: { kind: "own-name", host: hostIn(url ?? "") },
    repository: repository.repo_full_name.toLowerCase(),
    tag: tag ?? "",
    ...(typeof event.id === "string" && { id: event.id }),
  }));
}
