/** A tag that somebody has pushed, as a registry tells of it. */
export interface Pushed {
  readonly registry: ToldRegistry;
  /** `library/busybox`, in lower case. */
  readonly repository: string;
  readonly tag: string;
  /** The event's own, where it has one: the same when it is told again. */
  readonly id?: string;
}

/** How an event tells which registry it is about. */
export type ToldRegistry =
  /** It says so: `docker.io`. */
  | { readonly kind: "named"; readonly host: string }
  /** What it calls itself, which need not be what others call it. */
  | { readonly kind: "own-name"; readonly host: string }
  /** Alibaba Cloud names a region; there are several hosts to each. */
  | { readonly kind: "region"; readonly region: string };

/** Of something that is not what its kind of webhook sends. */
export class Misread extends Error {}
