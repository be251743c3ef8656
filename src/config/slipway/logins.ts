import type * as z from "zod";
import { failure } from "../../words/error.ts";
import { parsePrefix } from "../credentials.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { type Entry, entryOf } from "../reading/tree.ts";
import type { loginSchema } from "../schema/login.ts";

type Written = Readonly<z.output<typeof loginSchema>>;
type Key = Exclude<keyof Extract<Written, { client?: unknown }>, "with">;
type Kind = Written["with"];

/** How a registry is logged in to without a password of its own. */
export type Login =
  | { readonly kind: "github-token" }
  | (Audience & {
      readonly kind: "azure-oidc";
      readonly client: string;
      readonly tenant: string;
      readonly authority?: string;
    })
  | (Audience & {
      readonly kind: "aliyun-ram";
      readonly role: string;
      readonly provider: string;
      readonly region: string;
      readonly instance?: string;
    })
  | (Audience & { readonly kind: "aws-oidc"; readonly role: string; readonly region: string })
  | (Audience & { readonly kind: "gcp-oidc"; readonly provider: string; readonly serviceAccount?: string });

interface Audience {
  readonly audience?: string;
}

/** A login for everything under a prefix. */
export interface LoginEntry {
  readonly prefix: string;
  readonly login: Login;
  /** Where it was written, and which it is, for errors: `slipway.yaml:12 (registries.azure, azure-oidc)`. */
  readonly origin: string;
}

const KEYS: Readonly<Record<Kind, { readonly needed: readonly Key[]; readonly others: readonly Key[] }>> = {
  "github-token": { needed: [], others: [] },
  "azure-oidc": { needed: ["client", "tenant"], others: ["authority", "audience"] },
  "aliyun-ram": { needed: ["role", "provider", "region"], others: ["instance", "audience"] },
  "aws-oidc": { needed: ["role", "region"], others: ["audience"] },
  "gcp-oidc": { needed: ["provider"], others: ["serviceAccount", "audience"] },
};

/** The region that the addresses of some registries hold. https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const REGION_IN_HOST =
  /^(?:\d+\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws|[a-z0-9-]+\.([a-z0-9-]+)(?:\.personal)?(?:\.cr)?\.aliyuncs)\.com/;

/** Reads `login:` of an entry. What is missing, and what goes with another kind, is a problem at its place. */
export function readLogin(entry: Entry, image: string, written: Written, problems: Problems): LoginEntry | undefined {
  const prefix = parsePrefix(image);
  const kind = written.with;
  const [, aws, aliyun] = REGION_IN_HOST.exec(prefix) ?? [];
  const values: Partial<Readonly<Record<Key, string>>> = { region: aws ?? aliyun, ...withoutKind(written) };
  const tree = entryOf(entry.value, "login")?.value ?? entry.value;
  const { needed, others } = KEYS[kind];
  const missing = needed.filter((key) => values[key] === undefined);
  for (const key of missing) problems.add(failure("CONFIG_KEY_MISSING", { where: formatPlace(tree.place), key }));
  for (const key of Object.keys(withoutKind(written)).filter((one) => ![...needed, ...others].some((k) => k === one))) {
    const where = formatPlace(entryOf(tree, key)?.place ?? tree.place);
    const reason = `it does not go with \`with: ${kind}\``;
    problems.add(failure("CONFIG_VALUE_INVALID", { where, key: `login.${key}`, reason }));
  }
  if (missing.length > 0) return undefined;
  const origin = `${entry.place.file}:${entry.place.line} (registries.${entry.key}, ${kind})`;
  return { prefix, origin, login: loginOf(kind, values) };
}

function withoutKind({ with: _, ...rest }: Written): Partial<Readonly<Record<Key, string>>> {
  return rest;
}

function loginOf(kind: Kind, values: Partial<Readonly<Record<Key, string>>>): Login {
  const { client = "", tenant = "", role = "", provider = "", region = "" } = values;
  const { authority, instance, serviceAccount, audience } = values;
  const common = { ...(audience !== undefined && { audience }) };
  switch (kind) {
    case "github-token":
      return { kind };
    case "azure-oidc":
      return { kind, client, tenant, ...(authority !== undefined && { authority }), ...common };
    case "aliyun-ram":
      return { kind, role, provider, region, ...(instance !== undefined && { instance }), ...common };
    case "aws-oidc":
      return { kind, role, region, ...common };
    case "gcp-oidc": {
      // people copy it from where it has a host before it
      const bare = provider.replace(/^(?:https:)?\/\/iam\.googleapis\.com\//, "");
      return { kind, provider: bare, ...(serviceAccount !== undefined && { serviceAccount }), ...common };
    }
  }
}

/** Whether a job that uses these registries needs `permissions: id-token: write`. */
export function needsIdToken(registries: readonly { readonly login?: LoginEntry }[]): boolean {
  return registries.some(({ login }) => login !== undefined && login.login.kind !== "github-token");
}

/** Whether it needs GITHUB_TOKEN in its environment, and `permissions: packages: write`. */
export function needsGitHubToken(registries: readonly { readonly login?: LoginEntry }[]): boolean {
  return registries.some(({ login }) => login?.login.kind === "github-token");
}
