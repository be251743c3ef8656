import { type Link, startDockerRegistry, startLink } from "../../src/testing/index.ts";
import type { Case, Wire } from "../work/cases.ts";
import { publish } from "../work/publish.ts";
import type { Shipment } from "../work/shipment.ts";
import { type Counter, startCounter } from "./counter.ts";

/** Registries, ready for one run of one tool. */
export interface Stage extends AsyncDisposable {
  /** As the tool is to reach it: through whatever stands before it. */
  readonly source: string;
  readonly destinations: readonly string[];
  /** The destinations themselves. */
  readonly registries: readonly string[];
  counts(): Counts;
}

/** What a run asked of the registries; what nothing counted is left out. */
export interface Counts {
  /** Bytes. */
  readonly readFromSource?: number;
  readonly sourceRequests?: number;
  readonly destinationRequests?: number;
}

/** The registries of a case. A cold one gets new destinations for each run; the others share theirs. */
export class Stages implements AsyncDisposable {
  readonly #case: Case;
  readonly #source: string;
  readonly #stack = new AsyncDisposableStack();
  readonly #filled: string[] = [];

  private constructor(one: Case, source: string) {
    this.#case = one;
    this.#source = source;
  }

  static async open(one: Case, source: string, shipment: Shipment): Promise<Stages> {
    const stages = new Stages(one, source);
    if (one.state === "unchanged") {
      for (let at = 0; at < one.destinations; at += 1) {
        const { host } = stages.#stack.use(await startDockerRegistry());
        await publish(host, shipment);
        stages.#filled.push(host);
      }
    }
    return stages;
  }

  /** @param through what stands before the registries: counters, or the case's wires, if it has any */
  async prepare(through: "counters" | "wires"): Promise<Stage> {
    const stack = new AsyncDisposableStack();
    const registries = [...this.#filled];
    while (registries.length < this.#case.destinations) registries.push(stack.use(await startDockerRegistry()).host);
    const front = async (host: string, wire: Wire | undefined) =>
      stack.use(await startFront(host, through === "counters" ? "counter" : wire));
    const source = await front(this.#source, this.#case.wire?.source);
    const destinations = await Promise.all(registries.map((host) => front(host, this.#case.wire?.destination)));
    return {
      source: source.host,
      destinations: destinations.map(({ host }) => host),
      registries,
      counts: () => countsOf(source, destinations),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** What stands before a registry: nothing, a counter, or a wire. */
interface Front extends AsyncDisposable {
  readonly host: string;
  readonly means: Pick<Link, "bytesDown"> | Counter | undefined;
}

async function startFront(host: string, kind: "counter" | Wire | undefined): Promise<Front> {
  if (kind === undefined) return { host, means: undefined, [Symbol.asyncDispose]: async () => undefined };
  const port = Number(new URL(`http://${host}`).port);
  const means = kind === "counter" ? await startCounter(port) : await startLink({ port, ...kind });
  return { host: `127.0.0.1:${means.port}`, means, [Symbol.asyncDispose]: () => means[Symbol.asyncDispose]() };
}

function countsOf({ means }: Front, destinations: readonly Front[]): Counts {
  if (means === undefined) return {};
  const readFromSource = means.bytesDown;
  if (!("requests" in means)) return { readFromSource };
  const counters = destinations.flatMap((front) => (front.means && "requests" in front.means ? front.means : []));
  const destinationRequests = counters.reduce((sum, { requests }) => sum + requests, 0);
  return { readFromSource, sourceRequests: means.requests, destinationRequests };
}
