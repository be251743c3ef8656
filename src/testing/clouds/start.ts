import type { Endpoints } from "../../registry/credentials/index.ts";
import { aliyunRegistry, aliyunSts } from "./aliyun.ts";
import { awsRegistry, awsSts } from "./aws.ts";
import { azureRegistry, microsoft } from "./azure.ts";
import { CloudFaults } from "./faults.ts";
import { githubIssuer } from "./github-issuer.ts";
import { googleIam, googleSts } from "./google.ts";
import { type Handler, type ServiceName, serve } from "./service.ts";
import { type CloudState, newState } from "./state.ts";

/** GitHub's issuer and the clouds that trust it, with what a test may turn and look at. */
export interface TestClouds extends AsyncDisposable {
  readonly state: CloudState;
  /** Where they are asked. */
  readonly endpoints: Endpoints;
  /** What a job with `id-token: write` has in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** How often a service was asked. */
  count(service: ServiceName): number;
}

const SERVICES: readonly (readonly [ServiceName, Handler])[] = [
  ["github", githubIssuer],
  ["microsoft", microsoft],
  ["azure-registry", azureRegistry],
  ["aliyun-sts", aliyunSts],
  ["aliyun-registry", aliyunRegistry],
  ["aws-sts", awsSts],
  ["aws-registry", awsRegistry],
  ["google-sts", googleSts],
  ["google-iam", googleIam],
];

/** Starts them in this process. @param now milliseconds since 1970; a test moves it by `state.now` */
export async function startClouds(now = Date.now()): Promise<TestClouds> {
  const state = newState(new CloudFaults(), now);
  await using closing = new AsyncDisposableStack();
  const origins = new Map<string, string>();
  for (const [name, handler] of SERVICES) {
    const listening = await serve(name, handler, state);
    closing.defer(() => listening.close());
    origins.set(name, listening.origin);
  }
  const at = (name: ServiceName) => origins.get(name) ?? "";
  const all = closing.move();
  return {
    state,
    endpoints: {
      microsoft: at("microsoft"),
      azureRegistry: () => at("azure-registry"),
      aliyunSts: at("aliyun-sts"),
      aliyunRegistry: () => at("aliyun-registry"),
      awsSts: () => at("aws-sts"),
      awsRegistry: () => at("aws-registry"),
      googleSts: at("google-sts"),
      googleIam: at("google-iam"),
    },
    environment: {
      GITHUB_ACTIONS: "true",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${at("github")}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: state.requestToken,
    },
    count: (service) => state.requests.filter((request) => request.service === service).length,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
