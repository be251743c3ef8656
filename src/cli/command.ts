import type { Delivery } from "../notify/index.ts";
import type { Endpoints } from "../registry/credentials/index.ts";
import type { Words } from "../words/words.ts";
import type { GlobalOptions } from "./globals.ts";
import type { OptionDefinitions, OptionValues } from "./option.ts";
import type { Paint } from "./output/color.ts";
import type { Stream } from "./output/stream.ts";
import type { PlainTextKey } from "./text-key.ts";

/** What a command runs in: everything that it may read, and everywhere that it may write. */
export interface Context {
  /** As the user called it, for reports: `sync`, `config check`. */
  readonly command: string;
  /** Slipway's own. */
  readonly version: string;
  readonly globals: GlobalOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly words: Words;
  /** Data goes here. */
  readonly out: Stream;
  /** All else goes here. */
  readonly err: Stream;
  readonly paint: { readonly out: Paint; readonly err: Paint };
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Clouds of tests, where registries are logged in to by one. */
  readonly endpoints?: Partial<Endpoints>;
  /** What became of messages about this run, kept for its report. */
  readonly notified: Delivery[];
}

export interface Input<D extends OptionDefinitions> {
  readonly positional: readonly string[];
  readonly options: OptionValues<D>;
}

/** A command's work; resolves with the exit code. */
export type Run<D extends OptionDefinitions> = (context: Context, input: Input<D>) => Promise<number>;

interface Definition<D extends OptionDefinitions> {
  readonly name: string;
  readonly summary: PlainTextKey;
  /** `["SOURCE", "DESTINATION…"]`: an ellipsis takes one or more; `["[VERSION]"]` may be left out. */
  readonly positional?: readonly string[];
  readonly options: D;
  /** Loads the module only when the command runs, so that the others cost nothing. */
  readonly load: () => Promise<{ readonly run: Run<D> }>;
}

/** A command that can be run. */
export interface Leaf {
  readonly kind: "command";
  readonly name: string;
  readonly summary: PlainTextKey;
  readonly positional: readonly string[];
  readonly options: OptionDefinitions;
  /** `values` hands over what was parsed for `options`. */
  start(context: Context, positional: readonly string[], values: <V>() => V): Promise<number>;
}

/** Commands under a common first word. */
export interface Group {
  readonly kind: "group";
  readonly name: string;
  readonly summary: PlainTextKey;
  readonly commands: readonly Leaf[];
  /** The name of the one that is meant where none is named. */
  readonly usual?: string;
}

export type Command = Leaf | Group;

export function defineCommand<const D extends OptionDefinitions>(definition: Definition<D>): Leaf {
  const { name, summary, options, load } = definition;
  return {
    kind: "command",
    name,
    summary,
    options,
    positional: definition.positional ?? [],
    start: async (context, positional, values) => {
      const { run } = await load();
      return run(context, { positional, options: values<OptionValues<D>>() });
    },
  };
}

export function defineGroup(name: string, summary: PlainTextKey, commands: readonly Leaf[], usual?: string): Group {
  return { kind: "group", name, summary, commands, ...(usual !== undefined && { usual }) };
}
