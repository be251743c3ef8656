import type { Config } from "../../config/slipway/load-config.ts";
import { needsGitHubToken, needsIdToken } from "../../config/slipway/logins.ts";
import { TOKEN } from "./imports.ts";
import type { Entry } from "./lines.ts";
import type { WorkflowMaterial } from "./material.ts";

const GHCR = "ghcr.io";

/** The rights of a job that only reads the repository. */
export const READ_ONLY: readonly Entry[] = [{ key: "contents", value: "read" }];

/**
 * The least rights with which a job can do its work. The job's token counts at ghcr.io only where the configuration
 * logs in with it.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function publishingPermissions(
  { uses, config, settings }: WorkflowMaterial,
  work: "release" | "push" | "sync",
): readonly Entry[] {
  const isRelease = work === "release" && config.publishing.release !== undefined;
  const writes = isRelease && settings.release.token === undefined;
  const logsIn = uses.some(({ name }) => name === TOKEN) || needsGitHubToken(config.registries);
  const packages = logsIn ? packageRights(config, work) : undefined;
  return [
    ...(writes ? [{ key: "contents", value: "write", comment: "the release" }] : READ_ONLY),
    ...(packages === undefined ? [] : [{ key: "packages", value: packages, comment: `images at ${GHCR}` }]),
    ...(settings.idToken || needsIdToken(config.registries)
      ? [{ key: "id-token", value: "write", comment: "a login by OIDC" }]
      : []),
  ];
}

function packageRights({ registries, rules }: Config, work: "release" | "push" | "sync"): "write" | "read" | undefined {
  const isThere = (image: string) => image === GHCR || image.startsWith(`${GHCR}/`);
  const isOutlet = registries.some(({ image }) => image.includes("/") && isThere(image));
  if (work !== "sync") return isOutlet ? "write" : undefined;
  if (rules.some(({ destinations }) => destinations.some(({ repository }) => repository.registry === GHCR)))
    return "write";
  return rules.some(({ source }) => source.registry === GHCR) ? "read" : undefined;
}
