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
  /** Places that hold the same repositories, `host[:port][/folder]`, read from in order where the host itself cannot be. */
  readonly alternates?: readonly string[];
}
