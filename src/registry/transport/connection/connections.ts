import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { homedir } from "node:os";
import type { Dispatcher } from "undici";
import type { HostOptions } from "../../options.ts";
import { openSocket, type ReadInto } from "../wire/open-socket.ts";
import { WirePool } from "../wire/pool.ts";
import { mapConnectionError } from "./errors.ts";
import { certificateFolders, hostCertificates } from "./host-certificates.ts";
import { type ConnectionLimits, DEFAULT_LIMITS } from "./limits.ts";
import { type Environment, proxyFor } from "./proxy.ts";
import { publicLookup, refuseLiteralAddress } from "./public-only.ts";
import { schemeOf, speaksTls } from "./scheme.ts";
import { type Trust, trustFor } from "./trust.ts";

/** Where connections may lead. */
export interface AddressPolicy {
  /** True for what a public registry names (token servers, redirects): only to addresses of the public Internet. */
  readonly publicOnly: boolean;
}

/** What connections depend on besides a host's own options. */
export interface ConnectionSettings {
  readonly limits?: ConnectionLimits;
  /** For the proxy. Default: the process's. */
  readonly env?: Environment;
  /** Where `certs.d` folders are. Default: containers' and Docker's. */
  readonly certificateFolders?: readonly string[];
  /** Resolves names. Default: as Node does. */
  readonly lookup?: LookupFunction;
}

/** Large bodies have connections to themselves: large buffers make calls few, and many of them much memory. */
const LARGE_BODY_BYTES = 1024 * 1024;
const LARGE_BUFFER_BYTES = 256 * 1024;
const SMALL_BUFFER_BYTES = 16 * 1024;

/** The connections that one registry needs: to itself, its token server, and where it redirects to. */
export class Connections {
  readonly #options: HostOptions;
  readonly #limits: ConnectionLimits;
  readonly #env: Environment;
  readonly #folders: readonly string[];
  readonly #publicLookup: LookupFunction;
  readonly #dispatchers = new Map<string, Promise<Dispatcher>>();
  readonly #wires = new Map<string, WirePool>();
  readonly #trusts = new Map<string, Trust>();
  readonly #baseUrls = new Map<string, Promise<URL>>();

  constructor(options: HostOptions, settings: ConnectionSettings = {}) {
    this.#options = options;
    this.#limits = settings.limits ?? DEFAULT_LIMITS;
    this.#env = settings.env ?? process.env;
    this.#publicLookup = publicLookup(settings.lookup ?? lookup);
    this.#folders = settings.certificateFolders ?? certificateFolders(homedir());
  }

  /**
   * `https://host/` or `http://host/`. A host that may speak either is asked once, and remembered; behind a proxy it
   * is not asked and means https.
   * @param host `host[:port]` of the registry's API
   * @throws HOST_UNKNOWN, HOST_UNREACHABLE when it has to be asked and does not answer
   */
  baseUrl(host: string): Promise<URL> {
    const known = this.#baseUrls.get(host) ?? this.#findBaseUrl(host);
    this.#baseUrls.set(host, known);
    known.catch(() => this.#baseUrls.delete(host));
    return known;
  }

  /**
   * The dispatcher for requests to an origin over its proxy, or without one, opened on first use. `origin` is set in every request by it.
   * @throws PROXY_INVALID, TLS_FILE_INVALID, and ADDRESS_REFUSED by `policy`
   */
  dispatcher(url: URL, policy: AddressPolicy = { publicOnly: false }): Promise<Dispatcher> {
    const key = `${url.origin} ${policy.publicOnly}`;
    const dispatcher = this.#dispatchers.get(key) ?? this.#open(new URL(url.origin), policy);
    this.#dispatchers.set(key, dispatcher);
    dispatcher.catch(() => this.#dispatchers.delete(key));
    return dispatcher;
  }

  /**
   * The connections to an origin that carry about so many bytes a request; undefined where a proxy is in between.
   * @throws TLS_FILE_INVALID, and ADDRESS_REFUSED by `policy`
   */
  wire(url: URL, { publicOnly }: AddressPolicy = { publicOnly: false }, bytes = 0): WirePool | undefined {
    const bufferBytes = bytes < LARGE_BODY_BYTES ? SMALL_BUFFER_BYTES : LARGE_BUFFER_BYTES;
    const key = `${url.origin} ${publicOnly} ${bufferBytes}`;
    const known = this.#wires.get(key);
    if (known !== undefined) return known;
    const origin = new URL(url.origin);
    if (proxyFor(origin, this.#env, this.#options.proxy) !== undefined) return undefined;
    if (publicOnly) refuseLiteralAddress(origin);
    const trust = this.#trustOf(origin);
    const lookupFor = publicOnly ? this.#publicLookup : undefined;
    const { headersTimeout: head, bodyTimeout: body } = this.#limits;
    const open = (onread: ReadInto) => openSocket({ origin, trust, lookup: lookupFor }, onread);
    const wire = new WirePool(open, { head, body }, bufferBytes);
    this.#wires.set(key, wire);
    return wire;
  }

  /** Ends every connection; requests that are still under way fail with INTERRUPTED. */
  async close(): Promise<void> {
    const open = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    for (const wire of this.#wires.values()) wire.destroy();
    this.#wires.clear();
    await Promise.all(open.map(async (dispatcher) => (await dispatcher).destroy()));
  }

  async #findBaseUrl(host: string): Promise<URL> {
    const https = new URL(`https://${host}`);
    const http = new URL(`http://${host}`);
    const scheme = schemeOf(host, this.#options);
    if (scheme !== "either") return scheme === "https" ? https : http;
    if (proxyFor(https, this.#env, this.#options.proxy) !== undefined) return https;
    try {
      return (await speaksTls(https)) ? https : http;
    } catch (error) {
      throw mapConnectionError(error, { host, operation: "TLS handshake", limits: this.#limits });
    }
  }

  async #open(origin: URL, { publicOnly }: AddressPolicy): Promise<Dispatcher> {
    if (publicOnly) refuseLiteralAddress(origin);
    const url = proxyFor(origin, this.#env, this.#options.proxy);
    // what speaks to proxies takes a tenth of a second to load
    const { openDispatcher } = await import("./dispatcher.ts");
    return openDispatcher(origin, {
      trust: this.#trustOf(origin),
      proxy: url && { url, trust: this.#trust(url, { ca: this.#options.ca }) },
      ...(publicOnly && { lookup: this.#publicLookup }),
      limits: this.#limits,
    });
  }

  /** One for each origin: its connections share their handshakes. */
  #trustOf(origin: URL): Trust | undefined {
    const trust = this.#trusts.get(origin.origin) ?? this.#trust(origin, this.#options);
    if (trust !== undefined) this.#trusts.set(origin.origin, trust);
    return trust;
  }

  /** Nobody trusts or is trusted over plain HTTP. */
  #trust(url: URL, options: HostOptions): Trust | undefined {
    if (url.protocol !== "https:") return undefined;
    return trustFor(url.host, options, hostCertificates(url.host, this.#folders));
  }
}
