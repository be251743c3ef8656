import * as z from "zod";
import type { Pushed } from "../pushed.ts";
import { hostIn, read } from "../read.ts";

const packageSchema = z.object({
  name: z.string(),
  namespace: z.string().nullish(),
  package_type: z.string().nullish(),
  ecosystem: z.string().nullish(),
  package_version: z
    .object({
      package_url: z.string().nullish(),
      container_metadata: z.object({ tag: z.object({ name: z.string().nullish() }).nullish() }).nullish(),
    })
    .nullish(),
});

const schema = z.object({
  action: z.string().nullish(),
  registry_package: packageSchema.nullish(),
  package: packageSchema.nullish(),
});

const ACTIONS: readonly (string | null | undefined)[] = ["published", "updated"];

/**
 * A container that was pushed to GitHub's registry: the events `package` and `registry_package`. Others, such as `ping`,
 * tell of none. An event names one tag, also of a version with several; its schedule finds the others.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#registry_package
 */
export function readGitHub(body: unknown): readonly Pushed[] {
  const event = read(body, schema);
  const pushed = event.registry_package ?? event.package;
  if (pushed === undefined || pushed === null || !ACTIONS.includes(event.action)) return [];
  if ((pushed.package_type ?? pushed.ecosystem ?? "").toLowerCase() !== "container") return [];
  const { package_url: url, container_metadata: container } = pushed.package_version ?? {};
  const address = /^([^:@]+\/[^:@]+)(?::([^:@/]+))?/.exec((url ?? "").replace(/^https?:\/\//, ""));
  const [, path = `ghcr.io/${pushed.namespace ?? ""}/${pushed.name}`, tagOfAddress = ""] = address ?? [];
  const tag = container?.tag?.name || tagOfAddress;
  if (tag === "") return [];
  const repository = path.slice(path.indexOf("/") + 1).toLowerCase();
  return [{ registry: { kind: "named", host: hostIn(path) }, repository, tag }];
}
