import { type Authority, blobBytes, makeAuthority } from "../../src/testing/index.ts";
import type { Job } from "../peers/index.ts";
import type { Case, Setting } from "../work/case.ts";
import { publish } from "../work/publish.ts";
import { DEBIAN, type StartedRegistry } from "../work/registries.ts";
import type { Shipment } from "../work/shipment.ts";
import type { Size } from "../work/sizes.ts";
import { startFront } from "./front.ts";
import { type Traffic, trafficOf } from "./traffic.ts";

/** Registries, ready for one run of one tool. */
export interface Stage extends AsyncDisposable {
  /** As the tool is to reach them: through whatever stands before them. */
  readonly hosts: Omit<Job, "repositories">;
  /** The destinations themselves. */
  readonly registries: readonly string[];
  /** Bytes to the source's readers and from the destinations' writers so far, where they go over wires. */
  progress(): number;
  /** @param shipment what was copied */
  traffic(shipment: Shipment): Traffic;
}

/** What a setting copies: timed; and counted, which may stand for it where only bytes grow with the size. */
export interface Load {
  readonly timed: Shipment;
  readonly counted: Shipment;
}

/** The registries of a setting. A cold one gets new destinations for each run; the others share theirs. */
export class Stages implements AsyncDisposable {
  readonly setting: Setting;
  readonly load: Load;
  readonly seed: string;
  readonly #size: Size;
  readonly #stack = new AsyncDisposableStack();
  readonly #filled: string[] = [];
  #authority: Authority | undefined;
  #source = "";

  private constructor(setting: Setting, load: Load, size: Size, seed: string) {
    this.setting = setting;
    this.load = load;
    this.#size = size;
    this.seed = seed;
  }

  /** Starts what all runs share, and fills it. */
  static async open(setting: Setting & Pick<Case, "sample">, size: Size, seed: string): Promise<Stages> {
    const timed = await setting.make(size);
    const counted = (await setting.sample?.(size)) ?? timed;
    const stages = new Stages(setting, { timed, counted }, size, seed);
    try {
      const { ways } = setting;
      if ([ways?.source, ways?.destination].some((way) => way?.kind === "tls")) {
        stages.#authority = stages.#stack.use(await makeAuthority());
      }
      stages.#source = await stages.#filledRegistry([timed, counted]);
      for (let at = 0; setting.state === "unchanged" && at < setting.destinations; at += 1) {
        stages.#filled.push(await stages.#filledRegistry([timed]));
      }
    } catch (error) {
      await stages[Symbol.asyncDispose]();
      throw error;
    }
    return stages;
  }

  /** @param through what stands before the registries: counters, or the setting's ways, if it has any */
  async prepare(through: "counters" | "ways"): Promise<Stage> {
    const { destinations: wanted, ways } = this.setting;
    const stack = new AsyncDisposableStack();
    const registries = [...this.#filled];
    while (registries.length < wanted) registries.push(stack.use(await this.#start()).host);
    const front = async (host: string, name: string, way: "source" | "destination") => {
      const options = { authority: this.#authority, seed: `${this.seed} ${name}` };
      return stack.use(await startFront(host, through === "counters" ? "counter" : ways?.[way], options));
    };
    const source = await front(this.#source, "source", "source");
    const fronts = await Promise.all(registries.map((host, at) => front(host, `${at}`, "destination")));
    const authority = this.#authority;
    return {
      hosts: {
        source: source.host,
        destinations: fronts.map(({ host }) => host),
        ...(authority !== undefined && { authority }),
      },
      registries,
      progress: () =>
        fronts.reduce((sum, each) => sum + (each.traffic().bytesUp ?? 0), source.traffic().bytesDown ?? 0),
      traffic: (shipment) => trafficOf(source, fronts, blobBytes(...shipment.entries.map(({ image }) => image))),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #start(): Promise<StartedRegistry> {
    return (this.setting.registry ?? DEBIAN).start(this.#size);
  }

  async #filledRegistry(shipments: readonly Shipment[]): Promise<string> {
    const { host } = this.#stack.use(await this.#start());
    if (this.setting.registry?.isFilled !== true) {
      for (const shipment of new Set(shipments)) await publish(host, shipment);
    }
    return host;
  }
}
