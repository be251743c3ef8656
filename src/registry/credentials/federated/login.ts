/** How a login is had without a password that lives long. Names and keys are those of `login:` in `slipway.yaml`. */
export type Login = { readonly kind: "github-token" } | AzureLogin | AliyunLogin | AwsLogin | GoogleLogin;

export type OidcLogin = Exclude<Login, { readonly kind: "github-token" }>;

interface ByIdToken {
  /** Whom GitHub's token is for, where it is not the cloud's usual name. */
  readonly audience?: string;
}

export interface AzureLogin extends ByIdToken {
  readonly kind: "azure-oidc";
  /** The application (client) ID of an app registration or a managed identity. */
  readonly client: string;
  readonly tenant: string;
  /** Where Microsoft signs in; a national cloud has its own. */
  readonly authority?: string;
}

export interface AliyunLogin extends ByIdToken {
  readonly kind: "aliyun-ram";
  /** ARNs: `acs:ram::…:role/…`, `acs:ram::…:oidc-provider/…`. */
  readonly role: string;
  readonly provider: string;
  readonly region: string;
  /** `cri-…` of an Enterprise Edition instance; left out: Personal Edition. */
  readonly instance?: string;
}

export interface AwsLogin extends ByIdToken {
  readonly kind: "aws-oidc";
  /** `arn:aws:iam::…:role/…` */
  readonly role: string;
  readonly region: string;
}

export interface GoogleLogin extends ByIdToken {
  readonly kind: "gcp-oidc";
  /** `projects/…/locations/global/workloadIdentityPools/…/providers/…` */
  readonly provider: string;
  /** Whom the federated identity acts for; left out: it has the rights itself. */
  readonly serviceAccount?: string;
}

/** A user name and password that were given for a while. */
export interface Lease {
  readonly username: string;
  readonly password: string;
  /** Milliseconds since 1970; left out where nobody says. */
  readonly ends?: number;
}
