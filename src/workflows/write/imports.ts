import { needsGitHubToken } from "../../config/slipway/logins.ts";
import type { VariableUse } from "../../config/variables/variable-uses.ts";
import { failure } from "../../words/error.ts";
import type { Entry } from "./lines.ts";
import { UNSET, type WorkflowMaterial } from "./material.ts";

/** A variable that the configuration names, as a workflow has it. */
export interface Import {
  readonly name: string;
  readonly kind: "secret" | "variable" | "token";
  /** All places of the configuration that name it. */
  readonly uses: readonly VariableUse[];
}

export const TOKEN = "GITHUB_TOKEN";
/** What every step has anyway, or what a step says itself. */
const OWN = /^(?:GITHUB_(?!TOKEN$)\w+|RUNNER_\w+|ACTIONS_\w+|CI|HOME|PATH|SLIPWAY_VERSION)$/;

/**
 * The variables that the configuration names, each once, in its order. Secret are user names, passwords and what else
 * is under a key for secrets, besides those that `workflows.secrets` lists.
 * @throws WORKFLOW_VARIABLE_UNFIT where `workflows.secrets` or `vars` names what cannot be one
 */
export function importsOf({ uses, settings, config }: WorkflowMaterial): readonly Import[] {
  const variables = uses.filter(({ kind, name }) => kind === "variable" && !OWN.test(name));
  const byName = Map.groupBy(variables, ({ name }) => name);
  const refuse = (key: "secrets" | "vars", name: string, reason: string) =>
    failure("WORKFLOW_VARIABLE_UNFIT", { key, name, reason });
  for (const key of ["secrets", "vars"] as const) {
    const stranger = settings[key].find((name) => !byName.has(name));
    if (stranger !== undefined) throw refuse(key, stranger, "no value of the configuration names it");
  }
  const isLogin = needsGitHubToken(config.registries) && !byName.has(TOKEN);
  const token: readonly Import[] = isLogin ? [{ name: TOKEN, kind: "token", uses: [] }] : [];
  return [...byName].map(importOf).concat(token);

  function importOf([name, own]: readonly [string, readonly VariableUse[]]): Import {
    if (name === TOKEN) return { name, kind: "token", uses: own };
    const isOpen = settings.vars.includes(name);
    if (isOpen && own.some(({ secret }) => secret)) throw refuse("vars", name, "its value is a secret");
    if (isOpen && settings.secrets.includes(name)) throw refuse("vars", name, "it is in `secrets`, too");
    const isSecret = settings.secrets.includes(name) || (!isOpen && own.some(isForLogin));
    return { name, kind: isSecret ? "secret" : "variable", uses: own };
  }
}

function isForLogin({ path, secret }: VariableUse): boolean {
  return secret || path.endsWith(".username");
}

/** `env` of a step that publishes: every variable that the configuration names, by its own name. */
export function publishingEnv(imports: readonly Import[]): readonly Entry[] {
  return imports.map(({ name, kind }) => ({ key: name, value: expressionFor(name, kind) }));
}

function expressionFor(name: string, kind: Import["kind"]): string {
  if (kind === "token") return `\${{ github.token }}`;
  return kind === "secret" ? `\${{ secrets.${name} }}` : `\${{ vars.${name} }}`;
}

/**
 * `env` of a step that builds a pull request: no secrets. What logs in is left out, as nothing is pushed; what else has
 * to be set, as all of the configuration is read, is set to nothing that is anybody's.
 */
export function pullRequestEnv(imports: readonly Import[]): readonly Entry[] {
  return imports.flatMap(({ name, kind, uses }): readonly Entry[] => {
    const isOptional = uses.every(isOptionalInPullRequest);
    if (kind === "variable") {
      const value = isOptional ? `\${{ vars.${name} }}` : `\${{ vars.${name} || '${UNSET}' }}`;
      return [{ key: name, value, ...(!isOptional && { comment: "a fork has no variables" }) }];
    }
    if (isOptional) return [];
    return [{ key: name, value: `https://${UNSET}`, comment: "a secret, which is not for pull requests" }];
  });
}

/** Logins and channels are as if they were not there where their secrets are not. */
function isOptionalInPullRequest({ hasDefault, path, secret }: VariableUse): boolean {
  return hasDefault || /^registries\..+\.(?:username|password)$/.test(path) || (secret && path.startsWith("notify"));
}

/** Names of secrets without which nothing can be built: the package's address, arguments of the build. */
export function secretsOfBuild(imports: readonly Import[]): readonly string[] {
  const isNeeded = ({ path, hasDefault }: VariableUse) => !hasDefault && /^(?:source|build)\./.test(path);
  return imports.filter(({ kind, uses }) => kind !== "variable" && uses.some(isNeeded)).map(({ name }) => name);
}
