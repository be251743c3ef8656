import { asFailure, type SlipwayError } from "../../../words/error.ts";
import type { Lease } from "./login.ts";

/** Gives out one lease to all who ask, and gets another before it ends. */
export interface Keeper {
  get(): Promise<Lease>;
  /** The lease was refused: whoever asks next gets another. */
  forget(): void;
}

/** Too many refused logins lock accounts, and a thousand tags ask for one each. */
const REFUSAL_MILLISECONDS = 30_000;
const MARGIN_MILLISECONDS = 5 * 60 * 1000;

interface Held {
  readonly lease: Lease;
  readonly renewAt: number;
}

/** @param now milliseconds since 1970 */
export function keeper(obtain: () => Promise<Lease>, now: () => number): Keeper {
  let held: Held | undefined;
  let running: Promise<Lease> | undefined;
  let failed: { readonly error: SlipwayError; readonly until: number } | undefined;

  async function renew(): Promise<Lease> {
    const asked = now();
    const old = held;
    try {
      const lease = await obtain();
      held = { lease, renewAt: renewalOf(lease, asked) };
      failed = undefined;
      return lease;
    } catch (thrown) {
      const error = asFailure(thrown);
      failed = { error, until: now() + REFUSAL_MILLISECONDS };
      return usable(old, error);
    } finally {
      running = undefined;
    }
  }

  /** What is still good is better than nothing while nobody can be asked. */
  function usable(old: Held | undefined, error: SlipwayError): Lease {
    if (error.retryable && old !== undefined && old === held && (old.lease.ends ?? 0) > now()) return old.lease;
    throw error;
  }

  return {
    async get() {
      if (held !== undefined && now() < held.renewAt) return held.lease;
      if (failed !== undefined && now() < failed.until) return usable(held, failed.error);
      running ??= renew();
      return running;
    },
    forget() {
      held = undefined;
    },
  };
}

/** When four fifths of its life are over, or five minutes before its end if that is sooner; never in its first half. */
function renewalOf({ ends }: Lease, asked: number): number {
  if (ends === undefined) return Number.POSITIVE_INFINITY;
  const life = ends - asked;
  return asked + Math.max(life / 2, Math.min(life * 0.8, life - MARGIN_MILLISECONDS));
}
