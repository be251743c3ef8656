import type { RegistryOptions, TestRegistry } from "../../src/testing/index.ts";
import type { Login, Setting } from "../tools/workplace.ts";

export const USER: Login = { username: "user", password: "canary-7f3a" };

/** A registry that wants tokens, for which {@link USER} has the password. */
export function withTokens(
  options: { readonly realm?: string; readonly expiresInSeconds?: number } = {},
): RegistryOptions {
  const users = { [USER.username]: USER.password };
  return { auth: { kind: "token", users, expiresInSeconds: 300, ...options } };
}

/** What `docker login` leaves behind. */
export function loginsFor({ host }: TestRegistry): Setting {
  return { logins: { [host]: USER } };
}
