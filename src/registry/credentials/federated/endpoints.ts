/** Where the clouds are asked, as origins. Tests put others in their place; users have no need to. */
export interface Endpoints {
  /** https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
  readonly microsoft: string;
  /** The registry itself, `host[:port]`. */
  azureRegistry(host: string): string;
  /** https://api.aliyun.com/product/Sts */
  readonly aliyunSts: string;
  /** https://api.aliyun.com/product/cr */
  aliyunRegistry(region: string): string;
  /** https://docs.aws.amazon.com/general/latest/gr/sts.html */
  awsSts(region: string): string;
  /** https://docs.aws.amazon.com/general/latest/gr/ecr.html */
  awsRegistry(region: string): string;
  readonly googleSts: string;
  readonly googleIam: string;
}

export const ENDPOINTS: Endpoints = {
  microsoft: "https://login.microsoftonline.com",
  azureRegistry: (host) => `https://${host}`,
  aliyunSts: "https://sts.aliyuncs.com",
  aliyunRegistry: (region) => `https://cr.${region}.aliyuncs.com`,
  awsSts: (region) => `https://sts.${region}.${awsDomain(region)}`,
  awsRegistry: (region) => `https://api.ecr.${region}.${awsDomain(region)}`,
  googleSts: "https://sts.googleapis.com",
  googleIam: "https://iamcredentials.googleapis.com",
};

/** https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html */
function awsDomain(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
