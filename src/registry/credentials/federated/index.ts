/** Logins that need no secret of their own: what GitHub vouches for is exchanged for what a registry takes. */
export type { Endpoints } from "./endpoints.ts";
export type { Login } from "./login.ts";
export { configuredCredentials, type LoginEntry } from "./store.ts";
