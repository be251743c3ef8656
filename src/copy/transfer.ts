import type { Spool } from "../target/cache/spool.ts";
import type { ReadTarget, WriteTarget } from "../target/target.ts";
import { asFailure } from "../words/error.ts";
import { deliver } from "./adapt/deliver.ts";
import type { Form } from "./adapt/form.ts";
import { Cargo } from "./cargo.ts";
import { Delivery } from "./delivery.ts";
import type { Tell } from "./events.ts";
import { Ledger } from "./ledger.ts";
import { Manifests } from "./manifests.ts";
import type { Ending, Outcome } from "./outcome.ts";
import { type Arrival, imageName, onlyMissesCompanions, type Plan, type Transfer } from "./plan.ts";
import { all, forEachOf } from "./pool.ts";

/** The targets that a plan's names stand for. */
export interface Places {
  source(name: string): ReadTarget;
  destination(name: string): WriteTarget;
}

export interface TransferOptions {
  /** Images on their way to each store at the same time. */
  readonly concurrency: number;
  /** Where blobs for several destinations wait. Without one, each destination reads the source for itself. */
  readonly spool?: Spool;
  readonly ledger?: Ledger;
  /** What the survey has read of the sources. */
  readonly manifests?: Manifests;
  readonly attempt?: number;
  /** Milliseconds that a destination is given to see what it has just taken. Default 25,000. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly tell?: Tell;
}

/**
 * Carries a plan out. Each destination goes at its own pace: neither a slow one nor a failing one holds up another.
 * Nothing is thrown for an image that fails: its outcome says so.
 */
export async function transfer(plan: Plan, places: Places, options: TransferOptions): Promise<readonly Outcome[]> {
  const ledger = options.ledger ?? new Ledger();
  const manifests = options.manifests ?? new Manifests();
  const outcomes: Outcome[] = [];
  const cargoes = new Map<Transfer, { readonly cargo: Cargo; left: number }>();

  const deliver = async ({ transfer, arrival }: Job): Promise<void> => {
    const shared = cargoes.get(transfer) ?? {
      cargo: new Cargo(transfer, places.source(transfer.source), manifests, options.spool),
      left: transfer.arrivals.length,
    };
    cargoes.set(transfer, shared);
    const outcome = await deliverOne(shared.cargo, places.destination(arrival.destination), arrival, ledger, options);
    outcomes.push(outcome);
    options.tell?.({ kind: "ended", outcome });
    shared.left -= 1;
    if (shared.left > 0) return;
    cargoes.delete(transfer);
    await shared.cargo.close();
  };

  const queues = [...jobsByStore(plan, places).values()];
  await all(queues.map((jobs) => forEachOf(jobs, options.concurrency, deliver)));
  return outcomes;
}

interface Job {
  readonly transfer: Transfer;
  readonly arrival: Arrival;
}

function jobsByStore(plan: Plan, places: Places): ReadonlyMap<string, readonly Job[]> {
  const queues = new Map<string, Job[]>();
  for (const transfer of plan.transfers) {
    for (const arrival of transfer.arrivals) {
      const { store } = places.destination(arrival.destination);
      const queue = queues.get(store) ?? [];
      queue.push({ transfer, arrival });
      queues.set(store, queue);
    }
  }
  return queues;
}

async function deliverOne(
  cargo: Cargo,
  destination: WriteTarget,
  arrival: Arrival,
  ledger: Ledger,
  options: TransferOptions,
): Promise<Outcome> {
  const { transfer } = cargo;
  const subject = {
    source: imageName(transfer.source, transfer.reference),
    destination: imageName(arrival.destination, arrival.tag ?? transfer.reference),
  };
  options.tell?.({ kind: "started", ...subject });
  const delivery = new Delivery(cargo, destination, arrival, ledger, options);
  let ending: Ending;
  try {
    options.signal?.throwIfAborted();
    const form = await deliver(
      {
        source: { root: await cargo.root(), companions: arrival.companions },
        store: destination.store,
        adapt: arrival.adapt ?? false,
        read: (digest) => cargo.manifest(digest),
        send: (form) => delivery.send(form),
      },
      ledger.refusals,
    );
    ending = endingOf(form, arrival);
  } catch (error) {
    ending = { status: "failed", error: asFailure(error).on("destination"), digest: transfer.root.digest };
  }
  const bytesRead = cargo.bytesRead;
  cargo.bytesRead = 0;
  return { ...subject, attempts: options.attempt ?? 1, bytesRead, ...delivery.counts, ...ending };
}

/** Where all that was missing is refused, nothing was sent. */
function endingOf({ root, companions, adapted }: Form, arrival: Arrival): Ending {
  const { digest } = root.descriptor;
  const common = { digest, ...(adapted !== undefined && { adapted }) };
  const isInStep = onlyMissesCompanions(arrival) && companions.length === 0;
  return isInStep ? { status: "skipped", reason: "in-step", ...common } : { status: "copied", ...common };
}
