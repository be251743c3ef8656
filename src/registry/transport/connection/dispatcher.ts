import type { LookupFunction } from "node:net";
import { buildConnector, type Dispatcher, Pool, ProxyAgent } from "undici";
import { CONNECT_TIMEOUT_MS, type ConnectionLimits } from "./limits.ts";
import type { Trust } from "./trust.ts";

/** How the sockets to one origin are made. */
export interface Route {
  /** Present for https. */
  readonly trust?: Trust;
  readonly proxy?: { readonly url: URL; readonly trust?: Trust };
  /** How names are resolved, where not as ever. A proxy resolves them itself, by its own rules. */
  readonly lookup?: LookupFunction;
  readonly limits: ConnectionLimits;
}

/**
 * Idle sockets end before servers and load balancers end them (nginx 75 s, AWS 60 s, Alibaba Cloud 15 s, Go never), so
 * that a request seldom meets a socket that is just being closed. A server's own `Keep-Alive: timeout` is followed.
 */
const KEEP_ALIVE = { keepAliveTimeout: 12_000, keepAliveMaxTimeout: 60_000, keepAliveTimeoutThreshold: 2_000 };

/** A dispatcher for the requests to one origin, HTTP/1.1 only; `origin` need not be repeated in them. */
export function openDispatcher(origin: URL, route: Route): Dispatcher {
  return route.proxy === undefined ? openPool(origin, route) : openProxied(origin, route, route.proxy);
}

function openPool(origin: URL, route: Route): Dispatcher {
  const lookup = route.lookup === undefined ? {} : { lookup: route.lookup };
  const connect = buildConnector({ ...socketOptions(route.trust), ...lookup });
  return new Pool(origin, { ...poolOptions(route.limits), connect: endingWithError(connect) });
}

/**
 * With TLS 1.3 a server says after the handshake that it wants a certificate, and closes. undici would tell of the closing
 * only: the socket has to end with the first error.
 */
function endingWithError(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      socket.on("error", (thrown) => socket.destroy(thrown));
      callback(null, socket);
    });
}

/** https goes through a CONNECT tunnel, http in absolute form: what squid and tinyproxy allow by default. */
function openProxied(origin: URL, route: Route, proxy: NonNullable<Route["proxy"]>): Dispatcher {
  const options = poolOptions(route.limits);
  const agent = new ProxyAgent({
    ...options,
    uri: proxy.url.href,
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTls: socketOptions(route.trust),
    proxyTls: socketOptions(proxy.trust),
    // ProxyAgent gives its pools a connector only; without this they would have undici's own limits.
    factory: (target, given) => new Pool(target, { ...options, ...given }),
    clientFactory: (target, given) => new Pool(target, { ...options, ...given }),
  });
  // As text: undici puts it before the path, and a URL would end in a slash of its own.
  return agent.compose((dispatch) => (request, handler) => dispatch({ ...request, origin: origin.origin }, handler));
}

function poolOptions({ connections, headersTimeout, bodyTimeout }: ConnectionLimits): Pool.Options {
  return { connections, headersTimeout, bodyTimeout, pipelining: 1, allowH2: false, ...KEEP_ALIVE };
}

function socketOptions(trust: Trust | undefined): buildConnector.BuildOptions {
  return {
    ...trust,
    allowH2: false,
    timeout: CONNECT_TIMEOUT_MS,
    autoSelectFamily: true,
    // Node gives every address but the last 250 ms, less than a round trip to the other side of the earth.
    autoSelectFamilyAttemptTimeout: 2_500,
  };
}
