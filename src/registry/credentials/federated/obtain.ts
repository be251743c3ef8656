import { Connections, limitsOf } from "../../transport/connection/index.ts";
import { DEFAULT_RETRY, type RetryPolicy } from "../../transport/retry.ts";
import { aliyunLogin } from "./aliyun.ts";
import type { Asking } from "./ask.ts";
import { awsLogin } from "./aws.ts";
import { azureLogin } from "./azure.ts";
import { ENDPOINTS, type Endpoints } from "./endpoints.ts";
import { githubTokenLogin } from "./github-token.ts";
import { googleLogin } from "./google.ts";
import type { Lease, Login } from "./login.ts";

export interface LoginOptions {
  /** GitHub's variables, and the proxy's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Clouds of tests. */
  readonly endpoints?: Partial<Endpoints>;
  /** Milliseconds since 1970. Default: the machine's. */
  readonly now?: () => number;
  readonly retry?: RetryPolicy;
}

const CONNECTIONS = 2;

/** Carries out a login. @param host the registry @throws LOGIN_*, ID_TOKEN_NOT_PERMITTED */
export async function obtain(login: Login, host: string, origin: string, options: LoginOptions): Promise<Lease> {
  const { environment, signal, endpoints, now = Date.now, retry = DEFAULT_RETRY } = options;
  const connections = new Connections({}, { env: environment, limits: limitsOf(CONNECTIONS) });
  const asking: Asking = {
    origin,
    environment,
    endpoints: { ...ENDPOINTS, ...endpoints },
    connections,
    retry,
    now,
    ...(signal !== undefined && { signal }),
  };
  try {
    return await lease(login, host, asking);
  } finally {
    await connections.close();
  }
}

function lease(login: Login, host: string, asking: Asking): Promise<Lease> {
  switch (login.kind) {
    case "github-token":
      return githubTokenLogin(asking);
    case "azure-oidc":
      return azureLogin(login, host, asking);
    case "aliyun-ram":
      return aliyunLogin(login, asking);
    case "aws-oidc":
      return awsLogin(login, asking);
    case "gcp-oidc":
      return googleLogin(login, asking);
  }
}
