import type { Reference } from "../oci/reference.ts";
import type { ReadTarget } from "../target/target.ts";
import { SourceWithAlternates } from "./alternates.ts";
import type { CredentialStore } from "./credentials/credential.ts";
import type { RegistryEvent } from "./events.ts";
import { Host } from "./host.ts";
import { ruleOf } from "./hosts/index.ts";
import type { HostOptions } from "./options.ts";
import { type Ping, ping } from "./ping.ts";
import type { RateLimit } from "./rate-limit.ts";
import { Repository } from "./repository.ts";
import { Connections, DEFAULT_LIMITS } from "./transport/connection/index.ts";
import { exchange } from "./transport/exchange.ts";
import type { LaneLimits } from "./transport/lanes.ts";
import { isPublicHost } from "./transport/public-host.ts";
import type { RetryPolicy } from "./transport/retry.ts";
import { Throttle } from "./transport/throttle.ts";

export interface RegistryOptions {
  readonly credentials: CredentialStore;
  /** By host as in references, port included. */
  readonly hosts?: Readonly<Record<string, HostOptions>>;
  /** For HTTPS_PROXY, HTTP_PROXY, NO_PROXY. Default: the process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends everything that this client does. */
  readonly signal?: AbortSignal;
  readonly userAgent?: string;
  readonly retry?: RetryPolicy;
  /** Bodies from so many bytes on go over connections made for them. Default 1 MiB. */
  readonly largeBodyBytes?: number;
  /** Bytes a second that all downloads together may take, and all uploads. Default: no limit. */
  readonly limitRate?: number;
  readonly tell?: (event: RegistryEvent) => void;
}

export interface HostStatistics {
  readonly host: string;
  readonly requests: number;
  readonly rateLimit?: RateLimit;
}

/** The client for all registries of a run: one connection pool, one set of tokens and one set of limits for each host. */
export interface Registry {
  /** A repository, to read from and to write to. Nothing is asked yet. */
  repository(reference: Pick<Reference, "registry" | "repository">): Repository;
  /** A repository to read from, and where its host has alternates (`HostOptions.alternates`), those behind it. */
  source(reference: Pick<Reference, "registry" | "repository">): ReadTarget;
  /** Whether a host answers, how it speaks and what it thinks of us. */
  ping(host: string, repository?: string): Promise<Ping>;
  statistics(): readonly HostStatistics[];
  close(): Promise<void>;
}

/** `mirror.example/hub` holds `docker.io/library/busybox` as `mirror.example/hub/library/busybox`. */
function alternateOf(place: string, repository: string): Pick<Reference, "registry" | "repository"> {
  const [registry = "", ...folders] = place.split("/");
  return { registry, repository: [...folders, repository].join("/") };
}

/** More questions at the same time do not help a link, and some registries count them as abuse; more bodies only cost memory. */
const MOST_QUESTIONS = 64;
const MOST_BODIES = 8;

function limitsOf({ concurrency = MOST_QUESTIONS, rate }: HostOptions): LaneLimits {
  return { questions: concurrency, bodies: Math.min(concurrency, MOST_BODIES), ...(rate !== undefined && { rate }) };
}

const LARGE_BODY_BYTES = 1024 * 1024;

export function createRegistry(options: RegistryOptions): Registry {
  const paces =
    options.limitRate === undefined
      ? {}
      : { downloads: new Throttle(options.limitRate), uploads: new Throttle(options.limitRate) };
  const largeBody = options.largeBodyBytes ?? LARGE_BODY_BYTES;
  const hosts = new Map<string, Promise<Host>>();
  const reached: { readonly host: Host; readonly connections: Connections }[] = [];

  const reach = async (name: string): Promise<Host> => {
    const hostOptions = options.hosts?.[name] ?? {};
    const rule = ruleOf(name);
    const limits = limitsOf(hostOptions);
    const connections = new Connections(hostOptions, {
      limits: { ...DEFAULT_LIMITS, connections: limits.questions + 2 * limits.bodies },
      env: options.environment ?? process.env,
    });
    const base = await connections.baseUrl(rule?.apiHost ?? name);
    const isPublic = await isPublicHost(base.hostname);
    const host = new Host({
      name,
      base,
      rule,
      options: hostOptions,
      limits,
      credentials: options.credentials,
      send: (request, foreign) => {
        const policy = { publicOnly: foreign && isPublic };
        const wire = (request.bytes ?? 0) >= largeBody ? connections.wire(request.url, policy) : undefined;
        return wire?.send(request) ?? exchange(connections.dispatcher(request.url, policy), request);
      },
      userAgent: options.userAgent ?? "slipway",
      ...paces,
      ...(options.retry !== undefined && { retry: options.retry }),
      ...(options.signal !== undefined && { signal: options.signal }),
      ...(options.tell !== undefined && { tell: options.tell }),
    });
    reached.push({ host, connections });
    return host;
  };

  const hostOf = (name: string): Promise<Host> => {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    const host = reach(name);
    hosts.set(name, host);
    // a host that could not be reached is asked anew the next time
    host.catch(() => hosts.delete(name));
    return host;
  };

  const repositoryAt = ({ registry, repository }: Pick<Reference, "registry" | "repository">) =>
    new Repository(registry, repository, () => hostOf(registry));

  return {
    repository: repositoryAt,
    source: (reference) => {
      const alternates = options.hosts?.[reference.registry]?.alternates ?? [];
      const source = repositoryAt(reference);
      if (alternates.length === 0) return source;
      return new SourceWithAlternates(
        source,
        alternates.map((place) => repositoryAt(alternateOf(place, reference.repository))),
      );
    },
    ping: async (name, repository) => ping(await hostOf(name), repository),
    statistics: () =>
      reached.map(
        ({
          host: {
            name,
            sender: { requests, rateLimit },
          },
        }) => ({
          host: name,
          requests,
          ...(rateLimit !== undefined && { rateLimit }),
        }),
      ),
    close: async () => {
      await Promise.all(reached.map(({ connections }) => connections.close()));
    },
  };
}
