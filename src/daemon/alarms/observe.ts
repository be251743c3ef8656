import type { EndedRuns, Instant, MirrorTags } from "../../store/records.ts";
import type { Control } from "../control.ts";
import type { Ending } from "../expiry/index.ts";
import { storedError } from "../outbox/index.ts";
import { MEASURED, silenceIn } from "../status/mirror-state.ts";
import type { Facts } from "./facts.ts";
import { FailureCache } from "./failures.ts";

/** Lag is counted in minutes, and rates in days: these are asked for less often than what ended when. */
const TAGS_AGE = 60_000;
const RUNS_AGE = 15 * 60_000;

interface Aged<T> {
  readonly at: Instant;
  readonly value: T;
}

/** Looks at everything that alarms judge by: one question to the store a round, and few more from time to time. */
export class Observer {
  readonly #control: Control;
  readonly #startedAt: Instant;
  readonly #failures: FailureCache;
  #tags: Aged<ReadonlyMap<string, MirrorTags>> | undefined;
  #ended: Aged<ReadonlyMap<string, EndedRuns>> | undefined;

  constructor(control: Control) {
    this.#control = control;
    this.#startedAt = control.now();
    this.#failures = new FailureCache(control.store);
  }

  /** @throws STORE_UNREACHABLE */
  async look(endings: readonly Ending[] | undefined): Promise<Facts> {
    const { store } = this.#control;
    const now = this.#control.now();
    const inForce = this.#control.inForce();
    const { config, serve, refused, loadedAt, mirrors } = inForce;
    const records = new Map((await store.mirrors.all()).map((record) => [record.mirror, record]));
    const tags = await this.#tagsAt(now);
    const ended = await this.#endedAt(now);
    const known = [...mirrors.keys()].flatMap((name) => records.get(name) ?? []);
    const failures = await this.#failures.of(known);
    return {
      now,
      startedAt: this.#startedAt,
      mirrors: [...mirrors.values()].map((mirror) => ({
        name: mirror.name,
        record: records.get(mirror.name),
        tags: tags.get(mirror.name),
        ended: ended.get(mirror.name),
        failure: failures.get(mirror.name),
        ...silenceIn(inForce, mirror, now),
      })),
      targets: serve.targets,
      remind: serve.remind,
      configuration: {
        file: config.file,
        loadedAt,
        ...(refused !== undefined && { refused: storedError(refused) }),
      },
      ...(endings !== undefined && { endings }),
      channels: (config.notify ?? []).map(({ name }) => name),
    };
  }

  async #tagsAt(now: Instant): Promise<ReadonlyMap<string, MirrorTags>> {
    if (this.#tags === undefined || now - this.#tags.at >= TAGS_AGE) {
      this.#tags = { at: now, value: await this.#control.store.tags.summaries(now - MEASURED) };
    }
    return this.#tags.value;
  }

  async #endedAt(now: Instant): Promise<ReadonlyMap<string, EndedRuns>> {
    if (this.#ended === undefined || now - this.#ended.at >= RUNS_AGE) {
      this.#ended = { at: now, value: await this.#control.store.runs.ended(now - MEASURED) };
    }
    return this.#ended.value;
  }
}
