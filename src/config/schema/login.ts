import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { checked, mapping, oneOf, text } from "./scalars.ts";

export const LOGIN_KINDS = ["github-token", "azure-oidc", "aliyun-ram", "aws-oidc", "gcp-oidc"] as const;

/** It becomes part of a host's name. */
const region = () =>
  checked((value) => {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(value)) throw new Refusal("expected a region, such as cn-hangzhou");
  });

const httpsOrigin = () =>
  checked((value) => {
    const url = URL.parse(value);
    const isOrigin = url?.protocol === "https:" && url.pathname === "/" && url.search === "" && url.username === "";
    if (!isOrigin) throw new Refusal("expected https://HOST alone");
  });

/** `login:` of one of `registries:`; its kind alone may stand for the whole where no more is needed. */
export const loginSchema = z.union(
  [
    oneOf(LOGIN_KINDS).transform((kind) => ({ with: kind })),
    mapping({
      with: oneOf(LOGIN_KINDS).describe(
        "github-token: GITHUB_TOKEN, for ghcr.io; the others have GitHub's OIDC token exchanged for a login that lives some hours at most: azure-oidc, aliyun-ram, aws-oidc, gcp-oidc.",
      ),
      client: text().optional().describe("azure-oidc (needed): the client ID of the application or managed identity."),
      tenant: text().optional().describe("azure-oidc (needed): the tenant's ID."),
      authority: httpsOrigin()
        .optional()
        .describe(
          "azure-oidc: where Microsoft signs in; national clouds have their own. Default https://login.microsoftonline.com.",
        ),
      role: text().optional().describe("aliyun-ram, aws-oidc (needed): the ARN of the role to take."),
      provider: text()
        .optional()
        .describe(
          "aliyun-ram (needed): the ARN of the OIDC provider. gcp-oidc (needed): projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER.",
        ),
      region: region().optional().describe("aliyun-ram, aws-oidc: the registry's. Default: what its address says."),
      instance: text()
        .optional()
        .describe("aliyun-ram: the ID of an Enterprise Edition instance, cri-…. Left out: Personal Edition."),
      serviceAccount: text()
        .optional()
        .describe("gcp-oidc: whom to act for. Left out: the federated identity has the rights itself."),
      audience: text().optional().describe("Whom GitHub's token is for. Default: what each cloud proposes."),
    }),
  ],
  { error: `expected one of ${LOGIN_KINDS.join(", ")}, or a mapping with \`with\`` },
);
