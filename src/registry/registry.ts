import type { Reference } from "../oci/reference.ts";
import type { Notes } from "../target/notes.ts";
import type { ReadTarget } from "../target/target.ts";
import { SourceWithAlternates } from "./alternates.ts";
import type { CredentialStore } from "./credentials/credential.ts";
import type { RegistryEvent } from "./events.ts";
import { Host } from "./host.ts";
import { ruleOf } from "./hosts/index.ts";
import type { HostRule } from "./hosts/rule.ts";
import type { HostOptions } from "./options.ts";
import { type Ping, ping } from "./ping.ts";
import type { RateLimit } from "./rate-limit.ts";
import { Repository, type RepositoryOptions } from "./repository.ts";
import { Connections, limitsOf } from "./transport/connection/index.ts";
import { exchange } from "./transport/exchange.ts";
import type { LaneLimits } from "./transport/lanes.ts";
import { isPublicHost } from "./transport/public-host.ts";
import type { RetryPolicy } from "./transport/retry.ts";
import { Throttle } from "./transport/throttle.ts";

export interface RegistryOptions {
  readonly credentials: CredentialStore;
  /** By host as in references, port included. */
  readonly hosts?: Readonly<Record<string, HostOptions>>;
  /** What is known of hosts by their names, instead of what this client knows. */
  readonly rules?: readonly HostRule[];
  /** For HTTPS_PROXY, HTTP_PROXY, NO_PROXY. Default: the process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends everything that this client does. */
  readonly signal?: AbortSignal;
  readonly userAgent?: string;
  readonly retry?: RetryPolicy;
  /** Requests with bodies of fewer bytes go over undici, as through a proxy all do. Default 0: none. */
  readonly largeBodyBytes?: number;
  /** Bytes a second that all downloads together may take, and all uploads. Default: no limit. */
  readonly limitRate?: number;
  /** What every host is to keep of the pulls that it counts, whatever `hosts` say ({@link HostOptions.keepPulls}). */
  readonly keepPulls?: number;
  /** Where half-written uploads go on after this process has ended. Default: nothing outlives it. */
  readonly uploads?: Notes;
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
  repository(reference: Pick<Reference, "registry" | "repository">, options?: RepositoryOptions): Repository;
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

function lanesOf({ concurrency = MOST_QUESTIONS, rate }: HostOptions): LaneLimits {
  return { questions: concurrency, bodies: Math.min(concurrency, MOST_BODIES), ...(rate !== undefined && { rate }) };
}

export function createRegistry(options: RegistryOptions): Registry {
  const paces =
    options.limitRate === undefined
      ? {}
      : { downloads: new Throttle(options.limitRate), uploads: new Throttle(options.limitRate) };
  const largeBody = options.largeBodyBytes ?? 0;
  const hosts = new Map<string, Promise<Host>>();
  const reached: { readonly host: Host; readonly connections: Connections }[] = [];

  const reach = async (name: string): Promise<Host> => {
    const { keepPulls } = options;
    const hostOptions = { ...options.hosts?.[name], ...(keepPulls !== undefined && { keepPulls }) };
    const rule = ruleOf(name, options.rules);
    const limits = lanesOf(hostOptions);
    const connectionLimits = limitsOf(limits.questions + 2 * limits.bodies, hostOptions.idleTimeout);
    const connections = new Connections(hostOptions, {
      limits: connectionLimits,
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
      connectionLimits,
      credentials: options.credentials,
      send: async (request, foreign) => {
        const policy = { publicOnly: foreign && isPublic };
        const isLarge = (request.bytes ?? 0) >= largeBody;
        const wire = isLarge || request.alone ? connections.wire(request.url, policy, request.bytes) : undefined;
        return wire?.send(request) ?? exchange(await connections.dispatcher(request.url, policy), request);
      },
      userAgent: options.userAgent ?? "slipway",
      ...paces,
      ...(options.uploads !== undefined && { notes: options.uploads }),
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

  const repositoryAt: Registry["repository"] = ({ registry, repository }, repositoryOptions) =>
    new Repository(registry, repository, () => hostOf(registry), repositoryOptions);

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
            sender: { requests },
            pulls: { rateLimit },
            listings,
          },
        }) => ({
          host: name,
          requests: requests + listings.requests,
          ...(rateLimit !== undefined && { rateLimit }),
        }),
      ),
    close: async () => {
      await Promise.all(reached.map(({ connections }) => connections.close()));
    },
  };
}
