/** How a host is asked to let us in, and where that came from, for errors. Values never reach a log or a message. */
export type Credential = {
  readonly origin: string;
  /** Of what is renewed before that by itself. */
  readonly ends?: Date;
} & (
  | { readonly kind: "anonymous" }
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token (`identitytoken`), exchanged for access tokens. */
  | { readonly kind: "refresh"; readonly token: string }
  /** A ready access token (`registrytoken`), sent as it is. */
  | { readonly kind: "bearer"; readonly token: string }
);

/** Finds the credential for a repository. `host` as in references, `docker.io` for Docker Hub. */
export interface CredentialStore {
  credential(host: string, repository: string): Promise<Credential>;
  /** Called when a host refuses what was given: what is remembered of a helper's answer may be out of date. */
  forget?(host: string): void;
}
