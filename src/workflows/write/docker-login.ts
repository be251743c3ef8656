import { secretsLeftOut } from "../../config/slipway/load-open.ts";
import type { Registry } from "../../config/slipway/registries.ts";
import { parseReference } from "../../oci/reference.ts";
import type { Import } from "./imports.ts";
import { UNSET, type WorkflowMaterial } from "./material.ts";
import type { Step } from "./step.ts";
import { action } from "./steps.ts";

/**
 * Logs in to Docker Hub before anything is pulled from there to set up the builder: an anonymous runner shares its
 * limit with others. Nothing where the configuration has no login that is made of whole variables.
 * https://docs.docker.com/docker-hub/usage/
 */
export function dockerHubLogin(material: WorkflowMaterial, imports: readonly Import[]): readonly Step[] {
  for (const registry of material.config.registries.filter(isAtDockerHub)) {
    const username = wholeVariable(registry, "username", imports);
    const password = wholeVariable(registry, "password", imports);
    if (username?.kind === undefined || password?.kind !== "secret") continue;
    const context = username.kind === "secret" ? "secrets" : "vars";
    return [
      {
        name: "Log in to Docker Hub",
        uses: action(material, "docker/login-action"),
        with: [
          { key: "username", value: `\${{ ${context}.${username.name} }}` },
          { key: "password", value: `\${{ secrets.${password.name} }}` },
        ],
      },
    ];
  }
  return [];
}

function isAtDockerHub({ image, credential }: Registry): boolean {
  return (
    credential !== undefined && parseReference(image.includes("/") ? image : `${image}/x`).registry === "docker.io"
  );
}

/** The variable that one half of a login consists of. */
function wholeVariable(
  { name, credential }: Registry,
  key: "username" | "password",
  imports: readonly Import[],
): Import | undefined {
  const path = `registries.${name}.${key}`;
  const found = imports.find(({ uses }) => uses.some((use) => use.path === path));
  if (found === undefined || found.uses.some(({ hasDefault }) => hasDefault)) return undefined;
  return credential?.[key] === (secretsLeftOut(found.uses) ?? UNSET) ? found : undefined;
}
