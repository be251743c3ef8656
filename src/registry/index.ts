/** The OCI distribution client. */
export type { Capabilities, Known } from "./capabilities.ts";
export type { Credential, CredentialStore } from "./credentials/credential.ts";
export * from "./credentials/index.ts";
export type { RegistryEvent } from "./events.ts";
export type { HostOptions } from "./options.ts";
export type { Ping } from "./ping.ts";
export type { PushProbe } from "./probe.ts";
export type { RateLimit } from "./rate-limit.ts";
export { createRegistry, type HostStatistics, type Registry, type RegistryOptions } from "./registry.ts";
export type { Repository } from "./repository.ts";
