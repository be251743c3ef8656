import { parsePrefix } from "../../config/credentials.ts";
import { refusalReason } from "../../config/refusal.ts";
import { escapeTemplate } from "../../config/variables/template.ts";
import type { RepositoryName } from "../../github/index.ts";

/** What expressions of a workflow can be made of: `env:` by name, and the repository, where they are known. */
export interface Surroundings {
  readonly env: ReadonlyMap<string, string>;
  readonly repository?: RepositoryName;
}

/** `env:` may name `env:`, but not for ever. */
const MAX_DEPTH = 5;

/**
 * A text of a workflow as `slipway.yaml` would have it: `${{ secrets.NAME }}` is `${NAME}`, and what is known of the
 * repository stands there itself. Undefined where an expression has no such form.
 */
export function withVariables(text: string, surroundings: Surroundings, depth = 0): string | undefined {
  let isKnown = true;
  const parts = text.split(/(\$\{\{.*?\}\})/s).map((part) => {
    const expression = /^\$\{\{\s*(.*?)\s*\}\}$/s.exec(part)?.[1];
    if (expression === undefined) return escapeTemplate(part);
    const value = meaningOf(expression, surroundings, depth);
    isKnown &&= value !== undefined;
    return value ?? "";
  });
  return isKnown ? parts.join("") : undefined;
}

function meaningOf(expression: string, surroundings: Surroundings, depth: number): string | undefined {
  const { env, repository } = surroundings;
  const [, context, name = ""] = /^(secrets|vars|env)\.([A-Za-z_]\w*)$/.exec(expression) ?? [];
  if (context === "env") {
    const value = env.get(name);
    return value === undefined || depth >= MAX_DEPTH ? undefined : withVariables(value, surroundings, depth + 1);
  }
  if (context !== undefined) return `\${${name}}`;
  switch (expression) {
    case "github.token":
      return "${GITHUB_TOKEN}";
    case "github.actor":
    case "github.triggering_actor":
      return "${GITHUB_ACTOR}";
    case "github.repository":
      return repository && `${repository.owner}/${repository.name}`.toLowerCase();
    case "github.repository_owner":
      return repository?.owner.toLowerCase();
    case "github.event.repository.name":
      return repository?.name.toLowerCase();
    default:
      return undefined;
  }
}

/** A repository as `registries:` has it; without a registry it is Docker Hub's. Undefined where it cannot be known. */
export function imageOf(text: string, surroundings: Surroundings): string | undefined {
  const written = withVariables(text.trim(), surroundings);
  if (written === undefined || written === "") return undefined;
  const lower = written.replace(/\$\{\w+\}|[A-Z]+/g, (part) => (part.startsWith("$") ? part : part.toLowerCase()));
  const [first = "", ...rest] = lower.split("/");
  const isHost =
    rest.length > 0 &&
    (/[.:]/.test(first) || first === "localhost" || /^\$\{\w*(?:REGISTRY|HOST|SERVER|DOMAIN)\w*\}$/.test(first));
  const image = isHost ? lower : `docker.io/${rest.length === 0 ? "library/" : ""}${lower}`;
  return imageProblem(image) === undefined ? image : undefined;
}

/** Why a text is no repository for `registries:`; undefined where it is one, or its variables decide. */
export function imageProblem(text: string): string | undefined {
  const plain = text.replace(/\$\{\w+\}/g, "unset.invalid");
  try {
    parsePrefix(plain);
  } catch (thrown) {
    return refusalReason(thrown);
  }
  return plain.includes("/") ? undefined : `"${text}" is a registry without a repository`;
}

/** The registry of a repository, as it is written. */
export function registryOf(image: string): string {
  return image.split("/", 1).join();
}
