/** Where the right to a registry comes from. */
export { firstOf } from "./chain.ts";
export type { Credential, CredentialStore } from "./credential.ts";
export { dockerConfig } from "./docker-config.ts";
export { dockerConfigPaths } from "./docker-config-paths.ts";
export { type Expiry, expiryOf } from "./expiry.ts";
export { configuredCredentials, type Endpoints, type LoginEntry } from "./federated/index.ts";
export { CredentialHelpers } from "./helper.ts";
export { type StaticCredential, staticCredentials } from "./static.ts";
export { type UsedCredential, usedCredentials } from "./used.ts";
