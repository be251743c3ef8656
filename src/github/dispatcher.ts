import { createSecureContext, getCACertificates } from "node:tls";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { isLoopback } from "./address.ts";
import type { Environment } from "./options.ts";
import { proxySettings } from "./proxy.ts";

const CONNECT_MILLISECONDS = 10_000;

/**
 * The connections to GitHub, through the environment's proxy where it names one; this machine is reached directly.
 * undici's own time-outs are off: `Watch` knows better what is silent.
 * @param ca PEM text of an authority to trust besides the machine's
 * @throws PROXY_INVALID
 */
export function openDispatcher(api: URL, environment: Environment, ca: string | undefined): Dispatcher {
  const options = { allowH2: false, headersTimeout: 0, bodyTimeout: 0, connectTimeout: CONNECT_MILLISECONDS };
  if (isLoopback(api) && api.protocol === "http:") return new Agent(options);
  const tls = { secureContext: createSecureContext({ ca: [...machineRoots(), ...(ca === undefined ? [] : [ca])] }) };
  if (isLoopback(api)) return new Agent({ ...options, connect: tls });
  return new EnvHttpProxyAgent({
    ...options,
    ...proxySettings(environment),
    connect: { ...tls, timeout: CONNECT_MILLISECONDS },
    requestTls: tls,
    proxyTls: tls,
  });
}

/** Node's roots (with NODE_EXTRA_CA_CERTS) and the system's, where a company's own authority is. */
function machineRoots(): readonly string[] {
  return [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
}
