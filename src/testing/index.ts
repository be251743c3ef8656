/** Honest fakes, real servers and contracts for tests; nothing that ships imports them. */
export { ALIYUN, ALIYUN_USER } from "./clouds/aliyun.ts";
export { AWS, AWS_USER } from "./clouds/aws.ts";
export { AZURE, AZURE_USER } from "./clouds/azure.ts";
export { GOOGLE, GOOGLE_USER } from "./clouds/google.ts";
export type { CloudAnswer, CloudRequest, ServiceName as CloudService } from "./clouds/service.ts";
export { startClouds, type TestClouds } from "./clouds/start.ts";
export type { CloudState } from "./clouds/state.ts";
export { type Capabilities, type RegistryUnderTest, registryContract } from "./contract/contract.ts";
export type { ArmedFault, GitHubFault, GitHubFaultRule, GitHubFaults } from "./github/faults.ts";
export type { OperationId as GitHubOperation } from "./github/operation.ts";
export type { GitHubOptions as TestGitHubOptions, GitHubRights } from "./github/options.ts";
export type { GitHubRequest, GitHubRequests } from "./github/requests.ts";
export { startGitHub } from "./github/start.ts";
export type { GitHubSettings, PresetRelease, TestGitHub } from "./github/test-github.ts";
export { blobBytes, type TestBlob, type TestImage } from "./images/image.ts";
export * from "./images/random.ts";
export type { ListedTag, ListingOptions } from "./listings/options.ts";
export type { Received, Receiver, ReceiverFault } from "./notify/receiver.ts";
export { startNotifyReceiver } from "./notify/start.ts";
export type { EndpointKind } from "./registry/endpoint.ts";
export type { Fault, FaultEffect, FaultRule, Faults, Occurrence } from "./registry/faults.ts";
export type { Action, Auth, PullLimit, RegistryOptions, Rights } from "./registry/options.ts";
export type { RecordedRequest, Requests } from "./registry/requests.ts";
export { startRegistry } from "./registry/start.ts";
export type { TestRegistry } from "./registry/test-registry.ts";
export { type AzureBlobOptions, type Azurite, type SasOptions, startAzurite } from "./servers/azurite.ts";
export { type Authority, type KeyPair, makeAuthority, selfSigned } from "./servers/certificates.ts";
export { type DockerRegistry, type DockerRegistryOptions, startDockerRegistry } from "./servers/docker-registry.ts";
export { type DockerEngineUnderTest, startDockerd } from "./servers/dockerd.ts";
export { type Folder, temporaryFolder } from "./servers/folder.ts";
export { type HastyFront, type HastyFrontOptions, startHastyFront } from "./servers/hasty-front.ts";
export { type Link, type LinkOptions, startLink } from "./servers/link.ts";
export { startTlsFront, type TlsFront, type TlsFrontOptions } from "./servers/nginx.ts";
export { startPostgres, type TestPostgres } from "./servers/postgres.ts";
export {
  type ProxiedRequest,
  type RecordingProxy,
  type RecordingProxyOptions,
  startRecordingProxy,
} from "./servers/recording-proxy.ts";
export { type SkopeoEnd, skopeoCopy, skopeoDigest, skopeoInspectRaw } from "./servers/skopeo.ts";
export { startTinyproxy, type Tinyproxy, type TinyproxyOptions } from "./servers/tinyproxy.ts";
export type { TokenServer } from "./servers/token-server.ts";
