/** What runs at a host, as far as it has an API of its own that helps; `plain`: nothing that does. */
export type HostKind = "acr" | "docker-hub" | "harbor" | "plain" | "quay";

/** What a person may say about one registry host. Everything has a default that is right for most. */
export interface HostOptions {
  /** false: plain HTTP. Default: TLS, but loopback hosts may speak either. */
  readonly tls?: boolean;
  /** true: any certificate is taken and, where there is no TLS at all, plain HTTP. */
  readonly insecure?: boolean;
  /** PEM texts: authorities to trust besides the system's; our own certificate and key for mutual TLS. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** `http://[user:password@]proxy:port`, or "none" to pass by the environment's. Default: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
  readonly proxy?: string;
  /** Requests at the same time, of each kind: questions (default: found by trying, up to 64), downloads and uploads (default 8 each). */
  readonly concurrency?: number;
  /** Requests a second, at most. Default: no limit of our own. */
  readonly rate?: number;
  /** A token server besides those that are known to belong to this host. */
  readonly realm?: string;
  /** Largest body of one upload request, in bytes. Default: what the host is known for, else the whole blob in one. */
  readonly chunkSize?: number;
  /** Milliseconds in which at least one byte moves, where one is waited for; an answer may take twice as long to begin. Default 30,000. */
  readonly idleTimeout?: number;
  /** Bytes a second that a body moves at least, over half of `idleTimeout`; 0: whatever it likes. Default 1,000. */
  readonly minimumRate?: number;
  /**
   * Pulls that are not spent, where the host says how many are left; 0: all may be. Default 10, or half of what the host
   * allows where that is less.
   */
  readonly keepPulls?: number;
  /** How digests are listed, see `listings/`. Default: by the host's name, or by how it asks for a login. */
  readonly kind?: HostKind;
  /** Places that hold the same repositories, `host[:port][/folder]`, read from in order where the host itself cannot be. */
  readonly alternates?: readonly string[];
}
