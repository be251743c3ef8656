import { isDeepStrictEqual } from "node:util";
import { DEFAULT_SERVE } from "../../config/slipway/serve.ts";
import type { Environment } from "../../config/variables/lookup.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { InForce } from "../control.ts";
import type { Clock } from "../schedule/clock.ts";
import { readWatched, type Versions, versionsNow, type WatchedConfig } from "./read-watched.ts";
import { servedMirrors } from "./served-mirrors.ts";

/** Milliseconds between two looks at the files. */
const LOOK = 2_000;
/** So long a file that has changed must stay as it is: it may be half written. */
const SETTLE = 200;

export interface ConfigurationOptions {
  readonly file: string;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Another one counts from now on. */
  readonly changed: (inForce: InForce) => void;
  /** Another one was refused; the one before counts on. */
  readonly refused: (error: SlipwayError) => void;
}

/**
 * The configuration that counts. Its files are looked at again and again, also those of secrets that it names, and a
 * change counts at once; one that cannot be read changes nothing, and is told once.
 */
export class Configuration {
  readonly #options: ConfigurationOptions;
  #inForce: InForce;
  #versions: Versions;
  #cancel: (() => void) | undefined;

  /** @throws CONFIG_* where there is none to begin with */
  constructor(options: ConfigurationOptions) {
    this.#options = options;
    const read = readWatched(options.file, options.environment);
    if ("refused" in read) throw read.refused;
    this.#versions = read.versions;
    this.#inForce = inForceOf(read.config, options.clock.now());
  }

  get inForce(): InForce {
    return this.#inForce;
  }

  /** Reads the files again, changed or not. @returns why they were refused */
  reload(): SlipwayError | undefined {
    const read = readWatched(this.#options.file, this.#options.environment);
    this.#versions = read.versions;
    return this.#take(read);
  }

  /** Reloads on every change, until it is told to stop. */
  watch(): void {
    this.#cancel = this.#options.clock.after(LOOK, () => this.#look());
  }

  stop(): void {
    this.#cancel?.();
  }

  #take(read: WatchedConfig): SlipwayError | undefined {
    if ("refused" in read) {
      const isNews = !isDeepStrictEqual(toldOf(this.#inForce.refused), toldOf(read.refused));
      this.#inForce = { ...this.#inForce, refused: read.refused };
      if (isNews) this.#options.refused(read.refused);
      return read.refused;
    }
    this.#inForce = inForceOf(read.config, this.#options.clock.now());
    this.#options.changed(this.#inForce);
    return undefined;
  }

  #look(): void {
    const seen = versionsNow(this.#versions);
    if (isDeepStrictEqual(seen, this.#versions)) this.watch();
    else this.#cancel = this.#options.clock.after(SETTLE, () => this.#settle(seen));
  }

  #settle(seen: Versions): void {
    if (isDeepStrictEqual(versionsNow(seen), seen)) this.reload();
    this.watch();
  }
}

function inForceOf(config: InForce["config"], loadedAt: number): InForce {
  return { config, serve: config.serve ?? DEFAULT_SERVE, mirrors: servedMirrors(config), loadedAt };
}

/** What a person would read: an error that stands for several tells them in its cause. */
function toldOf(error: SlipwayError | undefined): unknown {
  return (
    error && [error.code, error.facts, error.cause instanceof AggregateError ? error.cause.errors.map(String) : []]
  );
}
