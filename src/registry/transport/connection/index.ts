/** How a registry is reached: schemes, proxies, trust, sockets, and what goes wrong with them. */
export { type AddressKind, addressKind } from "./address.ts";
export { type AddressPolicy, type ConnectionSettings, Connections } from "./connections.ts";
export { mapConnectionError, type RequestContext } from "./errors.ts";
export { type ConnectionLimits, limitsOf } from "./limits.ts";
