import type { Instant, StoredError } from "../../store/records.ts";

/** What may be wrong with a mirror, the worst first: a mirror has at most one of these at a time. */
export const MIRROR_TROUBLES = ["failed", "partial", "silence", "lag"] as const;

export type MirrorTrouble = (typeof MIRROR_TROUBLES)[number];

/** What people are told of. `success`: too few of a mirror's runs go well; the others are what they are called. */
export type TroubleKind = MirrorTrouble | "success" | "expiry" | "configuration";

const KINDS: readonly string[] = [...MIRROR_TROUBLES, "success", "expiry", "configuration"] satisfies TroubleKind[];

export function isTroubleKind(kind: string): kind is TroubleKind {
  return KINDS.includes(kind);
}

export function isMirrorTrouble(kind: string): kind is MirrorTrouble {
  return MIRROR_TROUBLES.some((one) => one === kind);
}

/** Something that is wrong now. */
export type Trouble = {
  /** A mirror, a credential, a file. */
  readonly subject: string;
  readonly since: Instant;
  /** False where it is too early to speak of it, as after a start: then it only keeps what was said of it from being over. */
  readonly mayOpen: boolean;
} & (
  | { readonly kind: "failed"; readonly run?: string; readonly error?: StoredError }
  | { readonly kind: "partial"; readonly run?: string; readonly error?: StoredError }
  | { readonly kind: "silence" }
  | {
      readonly kind: "lag";
      /** Tags that are not in step. */
      readonly tags: number;
    }
  | {
      readonly kind: "success";
      /** Of a hundred runs. */
      readonly rate: number;
      readonly runs: number;
    }
  | { readonly kind: "expiry"; readonly ends: Instant }
  | { readonly kind: "configuration"; readonly error: StoredError }
);

/** What a mirror's troubles displace one another by: 0 is the worst. */
export function rankOf(kind: MirrorTrouble): number {
  return MIRROR_TROUBLES.indexOf(kind);
}
