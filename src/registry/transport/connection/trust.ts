import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { failure } from "../../../words/error.ts";
import type { HostOptions } from "../../options.ts";
import type { HostCertificates } from "./host-certificates.ts";

/** What `tls.connect` needs to know about whom to trust and who we are. */
export interface Trust {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: boolean;
  /** What the server gave so that the next handshake is a short one. https://www.rfc-editor.org/rfc/rfc8446#section-2.2 */
  readonly resumption: { session?: Buffer };
}

let roots: readonly string[] | undefined;

/**
 * Node's roots (with NODE_EXTRA_CA_CERTS) and the system's: what `curl` and `docker` trust on this machine.
 * Reading them takes tens of milliseconds, so once and only for who speaks TLS.
 */
function rootCertificates(): readonly string[] {
  if (roots === undefined) {
    const found = new Set([...getCACertificates("default"), ...getCACertificates("system")]);
    // The same certificate may come with other line breaks from the other store.
    roots = [...new Map([...found].map((pem) => [pem.replace(/\s/g, ""), pem])).values()];
  }
  return roots;
}

/**
 * Trust for a host: the machine's roots, the host's `ca` and what `certs.d` folders hold for it; our own certificate
 * from the options, else from those folders; no questions asked where the options say `insecure`.
 * @throws TLS_FILE_INVALID when a certificate or key cannot be used
 */
export function trustFor(host: string, options: HostOptions, files: HostCertificates): Trust {
  const authorities = [...files.authorities, ...(options.ca === undefined ? [] : [options.ca])];
  const { cert, key } = options.cert === undefined ? files : options;
  for (const pem of authorities) {
    // OpenSSL passes over an authority that it cannot read, and then trusts less than was meant.
    if (!pem.includes("-----BEGIN CERTIFICATE-----")) {
      throw failure("TLS_FILE_INVALID", { host, file: "ca", reason: "no PEM certificate in it" });
    }
  }
  try {
    const secureContext = createSecureContext({ ca: [...rootCertificates(), ...authorities], cert, key });
    return { secureContext, rejectUnauthorized: options.insecure !== true, resumption: {} };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure("TLS_FILE_INVALID", { host, file: "cert, key", reason }, { cause });
  }
}
